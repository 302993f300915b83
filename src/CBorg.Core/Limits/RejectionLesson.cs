using System;
using System.Linq;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>What a rejection tells: a limit nobody knew, or that others use it too, or that the minute is not over yet. The three kinds are three things (docs/reliability.md).</summary>
internal sealed class RejectionLesson(LimitState state, TimeSpan now)
{
    private static readonly TimeSpan s_tooEarly = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_closeToTheEnd = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestProbe = TimeSpan.FromSeconds(16);

    /// <returns>Zero when the queue holds the next attempt as long as needed; null when the books say nothing about it.</returns>
    public TimeSpan? Take(Place place, CBorgException failure)
    {
        string message = failure.Facts.ServerMessage ?? "";
        bool isLimiters = failure.Facts.LimitType is not null || LimitTexts.IsLimiters(message);
        switch (failure.Kind)
        {
            case ErrorKind.RequestLimit when isLimiters:
                return Requests(place, message);
            case ErrorKind.ParallelLimit when isLimiters:
                return Parallel(place, message);
            case ErrorKind.TokenLimit when isLimiters && !LimitTexts.NeverFits(message):
                return Tokens(place, message);
            case ErrorKind.ProviderLimit or ErrorKind.EdgeLimit:
                LimitBook pace = state.Pace(place.Model);
                pace.Adaptive!.Failed(place.SentAt, state.InFlight(pace), now);
                return null;
            case ErrorKind.Budget:
                state.BudgetSpent = true;
                return null;
            default:
                return null;
        }
    }

    private TimeSpan Requests(Place place, string message)
    {
        foreach (LimitBook counted in state.For(place.Model))
        {
            // Rejected requests count nowhere.
            if (EntryOf(counted, place) is { } entry)
            {
                counted.Window.TakeBack(entry, place.Tokens);
            }
        }

        LimitBook book = BookOf(message, place.Model, RateLimitType.Requests, other => other.Requests is { } told ? told.Value - other.Window.Requests : long.MaxValue);
        bool wasScout = book.Scout == place.Id;
        book.Scout = wasScout ? null : book.Scout;
        book.Told.Learn(RateLimitType.Requests, new LimitValue(LimitTexts.Current(message) ?? book.Requests?.Value ?? Math.Max(1, book.Window.Own.Requests), RateLimitOrigin.Rejection, now));
        Hold(book, wasScout, Math.Max(1, book.Requests!.Value.Value) - book.Window.Own.Requests);
        return TimeSpan.Zero;
    }

    /// <param name="book">Whose window is full.</param>
    /// <param name="wasScout">Whether it was the one to find out.</param>
    /// <param name="rest">What others must have used if the window is the one that we think it is.</param>
    private void Hold(LimitBook book, bool wasScout, long rest)
    {
        Window window = book.Window;
        if (wasScout && (window.Own.Requests == 0 || book.Probes > 0))
        {
            book.Probes++;
            window.Close();
            book.HeldUntil = now + (now - window.Ended < s_closeToTheEnd ? s_tooEarly : Doubled(book.Probes));
        }
        else if (window.IsOpen && window.Certain)
        {
            window.Others.Requests = Math.Max(window.Others.Requests, rest);
        }
        else if (book.Probes == 0)
        {
            window.Others.Requests = Math.Max(window.Others.Requests, rest);
            book.Probes = 1;
            book.HeldUntil = now + Doubled(1);
        }

        book.NextIsScout = true;
    }

    private TimeSpan Parallel(Place place, string message)
    {
        LimitBook book = BookOf(message, place.Model, RateLimitType.Parallel, other => other.Parallel is { } told ? told.Value - state.InFlight(other) : long.MaxValue);
        int others = Math.Max(0, state.InFlight(book) - 1);
        if (LimitTexts.Current(message) is { } limit)
        {
            book.Told.Learn(RateLimitType.Parallel, new LimitValue(limit, RateLimitOrigin.Rejection, now));
        }
        else if (book.Told.Parallel is null or { Origin: RateLimitOrigin.Rejection })
        {
            // LiteLLM 1.77 names no limit. Of several that were too many the last tells it; the first were rejected beside others that would be.
            long guess = Math.Max(1, Math.Min(others, book.Told.Parallel?.Value ?? long.MaxValue));
            book.Told.Learn(RateLimitType.Parallel, new LimitValue(guess, RateLimitOrigin.Rejection, now));
        }

        if (others < book.Parallel!.Value.Value)
        {
            book.Slots.Rejected(others, now);
        }

        return TimeSpan.Zero;
    }

    private TimeSpan Tokens(Place place, string message)
    {
        LimitBook book = BookOf(message, place.Model, RateLimitType.Tokens, other => other.Tokens is { } told ? told.Value - other.Window.Tokens : long.MaxValue);
        if (EntryOf(book, place) is { } entry)
        {
            book.Window.Correct(entry, -place.Tokens);
        }

        long limit = LimitTexts.Current(message) ?? book.Tokens?.Value ?? Math.Max(1, book.Window.Own.Tokens);
        long left = state.Rules.ReservesTokens ? LimitTexts.Left(message) ?? 0 : -1;
        book.Told.Learn(RateLimitType.Tokens, new LimitValue(limit, RateLimitOrigin.Rejection, now));
        book.Window.Others.Tokens = Math.Max(book.Window.Others.Tokens, limit - left - book.Window.Own.Tokens);
        place.Tokens = 0;
        if (book.BlockedByWindow(state.Rules, Math.Max(1, left), now) is null)
        {
            // Its estimate is higher than ours: no use in trying again at once.
            book.Probes++;
            book.HeldUntil = now + Doubled(book.Probes);
            book.NextIsScout = true;
        }

        return TimeSpan.Zero;
    }

    /// <summary>The scope that the text names; LiteLLM 1.77 names a wrong one and no limit, so there the one with the least room is meant.</summary>
    private LimitBook BookOf(string message, string model, RateLimitType type, Func<LimitBook, long> room)
    {
        if (LimitTexts.Current(message) is not null && LimitTexts.Scope(message) is { } scope)
        {
            return Scopes.Of(state, scope, model);
        }

        LimitBook tightest = state.For(model).OrderBy(room).First();
        return room(tightest) == long.MaxValue ? state.Key : tightest;
    }

    private static Place.Entry? EntryOf(LimitBook book, Place place) => place.Entries.Any(entry => entry.Book == book.Id) ? place.Entries.First(entry => entry.Book == book.Id) : null;

    private static TimeSpan Doubled(int probes) => TimeSpan.FromTicks(Math.Min(s_longestProbe.Ticks, TimeSpan.TicksPerSecond << Math.Min(probes, 10)));
}
