using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Emulator.Answers;

/// <summary>
/// Beginnings of prompts that were seen before under one name: a key and a model. Kept for five minutes after their last use, or an hour where that was asked for.
/// </summary>
internal sealed class PromptCache(TimeProvider clock)
{
    private const int Step = 128;

    private static readonly TimeSpan s_usual = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    private readonly object _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _seen.Count;
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _seen.Clear();
        }
    }

    /// <summary>Looks a prompt up and keeps it.</summary>
    public CachedPrompt Look(PromptPrefix prompt, ModelTraits traits, string key) => traits.Caching switch
    {
        CachingKind.Implicit => LookImplicitly(prompt, traits, key),
        CachingKind.Explicit => LookAtMarks(prompt, traits, key),
        _ => CachedPrompt.None,
    };

    // Whole steps of 128 tokens, from the smallest prefix on.
    private CachedPrompt LookImplicitly(PromptPrefix prompt, ModelTraits traits, string key)
    {
        var lengths = Enumerable.Range(0, 1 + Math.Max(-1, (prompt.Tokens - traits.SmallestCachedPrefix) / Step))
            .Select(step => traits.SmallestCachedPrefix + (step * Step))
            .Where(length => length <= prompt.Tokens)
            .ToList();
        lock (_lock)
        {
            var read = lengths.LastOrDefault(length => IsKept(Name(prompt, length, key)));
            foreach (var length in lengths)
            {
                Keep(Name(prompt, length, key), s_usual);
            }

            return new CachedPrompt(read, 0);
        }
    }

    private CachedPrompt LookAtMarks(PromptPrefix prompt, ModelTraits traits, string key)
    {
        var marks = prompt.Marks.Where(mark => mark.Tokens >= traits.SmallestCachedPrefix).ToList();
        if (marks.Count == 0)
        {
            return CachedPrompt.None;
        }

        lock (_lock)
        {
            var read = marks.Where(mark => IsKept(Name(prompt, mark.Tokens, key))).Select(mark => mark.Tokens).DefaultIfEmpty(0).Max();
            foreach (var mark in marks)
            {
                Keep(Name(prompt, mark.Tokens, key), mark.ForAnHour ? s_long : s_usual);
            }

            var last = marks[^1];
            return new CachedPrompt(read, last.Tokens - read, last.ForAnHour ? last.Tokens - read : 0);
        }
    }

    private static string Name(PromptPrefix prompt, int length, string key) =>
        $"{key}|{length}|{prompt.HashAt(length):x}";

    private bool IsKept(string name) => _seen.TryGetValue(name, out var until) && clock.GetUtcNow() < until;

    private void Keep(string name, TimeSpan time) => _seen[name] = clock.GetUtcNow() + time;
}
