using System;
using System.Collections.Generic;
using CBorg.Core.Http;

namespace CBorg.Core.Limits;

/// <summary>What the headers of a reply tell: limits of every scope, how much of them is left, when a window began.</summary>
internal sealed class ReplyLesson(LimitState state, ReplyHeaders headers, TimeSpan now)
{
    // LiteLLM's header is x-ratelimit-<scope>-limit-<type>; without a scope it is the provider's and means nothing here.
    private const string Prefix = "x-ratelimit-";
    private const string LimitMark = "-limit-";
    private const string LeftMark = "-remaining-";

    /// <param name="place">The call. Null when it is not in the books any more.</param>
    /// <param name="model">Its model.</param>
    /// <param name="success">Whether the status says so.</param>
    public void Take(Place? place, string model, bool success)
    {
        state.Version = headers.Version ?? state.Version;
        TakeKeyLimits();
        TakeScopes(model, LimitMark, (book, type, value) => book.Told.Learn(type, new LimitValue(value, RateLimitOrigin.ReplyHeader, now)));
        if (success && place is { Answered: false })
        {
            place.Answered = true;
            Answered(place);
            TakeScopes(model, LeftMark, (book, type, value) => Left(book, type, value, place));
        }
    }

    private void TakeKeyLimits()
    {
        Learn(RateLimitType.Requests, headers.Number("x-litellm-key-rpm-limit"));
        Learn(RateLimitType.Tokens, headers.Number("x-litellm-key-tpm-limit"));

        void Learn(RateLimitType type, long? value)
        {
            if (value is { } limit)
            {
                state.Key.Told.Learn(type, new LimitValue(limit, RateLimitOrigin.KeyHeader, now));
            }
        }
    }

    private void TakeScopes(string model, string mark, Action<LimitBook, RateLimitType, long> take)
    {
        foreach (KeyValuePair<string, string> header in headers.All)
        {
            int at = header.Key.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at > Prefix.Length && header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && Scopes.Type(header.Key.Substring(at + mark.Length)) is { } type && headers.Number(header.Key) is { } value)
            {
                take(Scopes.Of(state, header.Key.Substring(Prefix.Length, at - Prefix.Length), model), type, value);
            }
        }
    }

    /// <summary>It got in: whatever was held to find that out is over.</summary>
    private void Answered(Place place)
    {
        for (int i = 0; i < place.Entries.Count; i++)
        {
            Place.Entry entry = place.Entries[i];
            if (!state.Books.TryGetValue(entry.Book, out LimitBook? book))
            {
                continue;
            }

            if (book.Probes > 0 && place.SentAt >= book.HeldUntil)
            {
                // The first to pass after rejections opened the window, between the last of them and now.
                book.Window.Reopen(book.HeldUntil, place.SentAt, 1, place.Tokens);
                place.Entries[i] = entry with { Window = book.Window.Number, Late = false, Ordinal = 1, AnsweredBefore = 0 };
                (book.Probes, book.HeldUntil) = (0, TimeSpan.Zero);
            }
            else if (book.Window.Number == entry.Window)
            {
                book.Window.Answered++;
            }

            book.Scout = book.Scout == place.Id ? null : book.Scout;
            book.Slots.Answered(book.Parallel?.Value ?? 0);
        }
    }

    private void Left(LimitBook book, RateLimitType type, long left, Place place)
    {
        int index = place.Entries.FindIndex(entry => entry.Book == book.Id);
        if (index >= 0 && place.Entries[index] is var entry && entry.Window == book.Window.Number && book.Window.IsOpen)
        {
            if (type == RateLimitType.Requests && book.Told.Requests is { } limit)
            {
                Requests(book.Window, limit.Value - left, place, index);
            }
            else if (type == RateLimitType.Tokens && book.Told.Tokens is { } tokens)
            {
                // Both sides estimate; what differs by less than this call is no third party.
                long others = tokens.Value - left - book.Window.Own.Tokens - place.Tokens;
                book.Window.Others.Tokens = Math.Max(book.Window.Others.Tokens, others);
            }
        }
    }

    private static void Requests(Window window, long used, Place place, int index)
    {
        Place.Entry entry = place.Entries[index];
        if (used > 0 && used <= entry.AnsweredBefore)
        {
            // Fewer than had been answered before it was sent: a new window has begun meanwhile.
            long since = window.Own.Requests - entry.Ordinal;
            window.Reopen(used == 1 ? place.SentAt : window.OpenedFrom, place.SentAt, used + since, place.Tokens);
            place.Entries[index] = entry with { Window = window.Number, Late = false, Ordinal = used, AnsweredBefore = 0 };
        }
        else
        {
            window.Others.Requests = Math.Max(window.Others.Requests, used - window.Own.Requests);
            if (used == 1)
            {
                (window.OpenedFrom, window.OpenedBy, window.Certain) = (place.SentAt, place.SentAt, true);
            }
        }
    }
}
