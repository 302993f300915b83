using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Core.Limits;

/// <summary>The books as people read them.</summary>
internal sealed class LimitReport(LimitState state, DateTimeOffset utcNow, TimeSpan now)
{
    /// <param name="waiting">How many calls of this process wait, by book.</param>
    public IReadOnlyList<RateLimit> Rows(Func<LimitBook, int> waiting) => 
    [
        .. state.Books.Values.OrderBy(book => book.Model is not null).ThenBy(book => book.Id, StringComparer.Ordinal).SelectMany(book => Rows(book, waiting(book))),
    ];

    private IEnumerable<RateLimit> Rows(LimitBook book, int waiting)
    {
        book.Window.Turn(now);
        if (book.Requests is { } requests)
        {
            yield return Row(book, RateLimitType.Requests, requests, book.Window.Requests, waiting);
        }

        if (book.Tokens is { } tokens)
        {
            yield return Row(book, RateLimitType.Tokens, tokens, book.Window.Tokens, waiting);
        }

        if (book.Parallel is { } parallel)
        {
            yield return Row(book, RateLimitType.Parallel, parallel, state.InFlight(book), waiting);
        }
        else if (book.Adaptive is { } adaptive && state.ParallelLimit(book) is { } size)
        {
            yield return Row(book, RateLimitType.Parallel, new LimitValue(size, RateLimitOrigin.Adaptive, adaptive.HadTrouble ? adaptive.HalvedAt : now), state.InFlight(book), waiting);
        }
    }

    private RateLimit Row(LimitBook book, RateLimitType type, LimitValue limit, long used, int waiting) => new()
    {
        Scope = book.Id,
        Type = type,
        Limit = limit.Value,
        Used = used,
        ResetsAt = type != RateLimitType.Parallel && book.Window.IsOpen ? (utcNow + (book.Window.End - now)).LocalDateTime : null,
        Origin = limit.Origin,
        Age = limit.At == TimeSpan.Zero || limit.At > now ? TimeSpan.Zero : now - limit.At,
        Waiting = waiting,
    };
}
