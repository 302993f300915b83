using System;
using System.Linq;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>What a rejection tells: a limit nobody knew, or that others use it too, or that the minute is not over yet. The three kinds are three things (docs/reliability.md).</summary>
internal sealed class RejectionUpdate(LimitState state, TimeSpan now)
{
    private static readonly TimeSpan s_tooEarly = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_closeToTheEnd = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestProbe = TimeSpan.FromSeconds(16);

    /// <returns>Zero when the queue holds the next attempt as long as needed; null when the scopes say nothing about it.</returns>
    public TimeSpan? Take(Permit permit, CBorgException failure)
    {
        string message = failure.Facts.ServerMessage ?? "";
        bool isLimiters = failure.Facts.LimitType is not null || LimitTexts.IsLimiters(message);
        switch (failure.Kind)
        {
            case ErrorKind.RequestLimit when isLimiters:
                return Requests(permit, message);
            case ErrorKind.ParallelLimit when isLimiters:
                return Parallel(permit, message);
            case ErrorKind.TokenLimit when isLimiters && !LimitTexts.NeverFits(message):
                return Tokens(permit, message);
            case ErrorKind.ProviderLimit or ErrorKind.EdgeLimit:
                LimitScope pace = state.Pace(permit.Model);
                pace.Adaptive!.Failed(permit.SentAt, state.InFlight(pace), now);
                return null;
            case ErrorKind.Budget:
                state.BudgetSpent = true;
                return null;
            default:
                return null;
        }
    }

    private TimeSpan Requests(Permit permit, string message)
    {
        foreach (LimitScope counted in state.For(permit.Model))
        {
            // Rejected requests count nowhere.
            if (EntryOf(counted, permit) is { } entry)
            {
                counted.Window.TakeBack(entry, permit.Tokens);
            }
        }

        LimitScope scope = BookOf(message, permit.Model, RateLimitType.Requests, other => other.Requests is { } told ? told.Value - other.Window.Requests : long.MaxValue);
        bool wasScout = scope.ProbeId == permit.Id;
        scope.ProbeId = wasScout ? null : scope.ProbeId;
        scope.Server.Learn(RateLimitType.Requests, new LimitValue(LimitTexts.Current(message) ?? scope.Requests?.Value ?? Math.Max(1, scope.Window.Own.Requests), RateLimitOrigin.Rejection, now));
        Hold(scope, wasScout, Math.Max(1, scope.Requests!.Value.Value) - scope.Window.Own.Requests);
        return TimeSpan.Zero;
    }

    /// <param name="scope">Whose window is full.</param>
    /// <param name="wasScout">Whether it was the one to find out.</param>
    /// <param name="rest">What others must have used if the window is the one that we think it is.</param>
    private void Hold(LimitScope scope, bool wasScout, long rest)
    {
        Window window = scope.Window;
        if (wasScout && (window.Own.Requests == 0 || scope.FailedProbes > 0))
        {
            scope.FailedProbes++;
            window.Close();
            scope.BlockedUntil = now + (now - window.Ended < s_closeToTheEnd ? s_tooEarly : Doubled(scope.FailedProbes));
        }
        else if (window.IsOpen && window.Certain)
        {
            window.Others.Requests = Math.Max(window.Others.Requests, rest);
        }
        else if (scope.FailedProbes == 0)
        {
            window.Others.Requests = Math.Max(window.Others.Requests, rest);
            scope.FailedProbes = 1;
            scope.BlockedUntil = now + Doubled(1);
        }

        scope.NextIsProbe = true;
    }

    private TimeSpan Parallel(Permit permit, string message)
    {
        LimitScope scope = BookOf(message, permit.Model, RateLimitType.Parallel, other => other.Parallel is { } told ? told.Value - state.InFlight(other) : long.MaxValue);
        int others = Math.Max(0, state.InFlight(scope) - 1);
        if (LimitTexts.Current(message) is { } limit)
        {
            scope.Server.Learn(RateLimitType.Parallel, new LimitValue(limit, RateLimitOrigin.Rejection, now));
        }
        else if (scope.Server.Parallel is null or { Origin: RateLimitOrigin.Rejection })
        {
            // LiteLLM 1.77 names no limit. Of several that were too many the last tells it; the first were rejected beside others that would be.
            long guess = Math.Max(1, Math.Min(others, scope.Server.Parallel?.Value ?? long.MaxValue));
            scope.Server.Learn(RateLimitType.Parallel, new LimitValue(guess, RateLimitOrigin.Rejection, now));
        }

        if (others < scope.Parallel!.Value.Value)
        {
            scope.Backoff.Rejected(others, now);
        }

        return TimeSpan.Zero;
    }

    private TimeSpan Tokens(Permit permit, string message)
    {
        LimitScope scope = BookOf(message, permit.Model, RateLimitType.Tokens, other => other.Tokens is { } told ? told.Value - other.Window.Tokens : long.MaxValue);
        if (EntryOf(scope, permit) is { } entry)
        {
            scope.Window.Correct(entry, -permit.Tokens);
        }

        long limit = LimitTexts.Current(message) ?? scope.Tokens?.Value ?? Math.Max(1, scope.Window.Own.Tokens);
        long left = state.Rules.ReservesTokens ? LimitTexts.Left(message) ?? 0 : -1;
        scope.Server.Learn(RateLimitType.Tokens, new LimitValue(limit, RateLimitOrigin.Rejection, now));
        scope.Window.Others.Tokens = Math.Max(scope.Window.Others.Tokens, limit - left - scope.Window.Own.Tokens);
        permit.Tokens = 0;
        if (scope.BlockedByWindow(state.Rules, Math.Max(1, left), now) is null)
        {
            // Its estimate is higher than ours: no use in trying again at once.
            scope.FailedProbes++;
            scope.BlockedUntil = now + Doubled(scope.FailedProbes);
            scope.NextIsProbe = true;
        }

        return TimeSpan.Zero;
    }

    /// <summary>The scope that the text names; LiteLLM 1.77 names a wrong one and no limit, so there the one with the least room is meant.</summary>
    private LimitScope BookOf(string message, string model, RateLimitType type, Func<LimitScope, long> room)
    {
        if (LimitTexts.Current(message) is not null && LimitTexts.Scope(message) is { } scope)
        {
            return ScopeNames.Of(state, scope, model);
        }

        LimitScope tightest = state.For(model).OrderBy(room).First();
        return room(tightest) == long.MaxValue ? state.Key : tightest;
    }

    private static Permit.WindowEntry? EntryOf(LimitScope scope, Permit permit) => permit.Entries.Any(entry => entry.Scope == scope.Id) ? permit.Entries.First(entry => entry.Scope == scope.Id) : null;

    private static TimeSpan Doubled(int probes) => TimeSpan.FromTicks(Math.Min(s_longestProbe.Ticks, TimeSpan.TicksPerSecond << Math.Min(probes, 10)));
}
