using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using CBorg.Core.Resilience;

namespace CBorg.Core.Embeddings;

/// <summary>Cuts texts into batches, and into smaller ones where a server refuses what it was sent.</summary>
internal sealed class BatchSizer(IReadOnlyList<string> texts)
{
    private const int MostTexts = 128;
    private const long MostCharacters = 200_000;

    private static readonly Regex s_tooMany = new(
        @"batch|too many (inputs|items|texts)|at most \d+|array (is )?too long|maximum (number of|allowed) (inputs|items|texts)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    private int _mostTexts = MostTexts;
    private long _mostCharacters = MostCharacters;
    private int _start;
    private bool _sentSinceSkip = true;

    /// <summary>Whether a refusal says that what was sent is too long.</summary>
    public static bool IsAboutSize(CBorgException refusal) =>
        refusal.Kind switch
        {
            ErrorKind.RequestTooLarge or ErrorKind.ContextWindow => true,
            ErrorKind.TokenLimit => refusal.Facts.RateLimit?.NeverFits == true,
            _ => false,
        };

    /// <summary>The next texts to send, at least one; null at the end.</summary>
    public Batch? Next()
    {
        int end = _start;
        long characters = 0;
        while (
            end < texts.Count && end - _start < _mostTexts && (end == _start || characters + texts[end].Length <= _mostCharacters)
        )
        {
            characters += texts[end++].Length;
        }

        return end == _start ? null : new Batch(_start, end - _start, characters);
    }

    /// <summary>Whether fewer texts at once may pass.</summary>
    public static bool IsWorthHalving(Batch batch, CBorgException refusal) =>
        batch.Count > 1 && (IsAboutSize(refusal) || IsAboutCount(refusal));

    public void Halve(Batch batch, CBorgException refusal)
    {
        if (IsAboutSize(refusal))
        {
            _mostCharacters = Math.Max(1, batch.Characters / 2);
        }
        else
        {
            _mostTexts = batch.Count / 2;
        }
    }

    public void Sent(Batch batch)
    {
        _start += batch.Count;
        _sentSinceSkip = true;
    }

    /// <summary>Leaves out a text that is too long by itself.</summary>
    public void Skip(Batch batch)
    {
        _start += batch.Count;

        // It explains why the batches it was in were refused; where one such text follows the other, small batches are the
        // better guess.
        _mostCharacters = _sentSinceSkip ? MostCharacters : _mostCharacters;
        _sentSinceSkip = false;
    }

    private static bool IsAboutCount(CBorgException refusal) =>
        refusal.Kind == ErrorKind.BadRequest && s_tooMany.IsMatch(refusal.Facts.ServerMessage ?? "");
}

/// <summary>Some texts of a request that go together: from where, how many, how long they are together.</summary>
internal sealed record Batch(int Start, int Count, long Characters);
