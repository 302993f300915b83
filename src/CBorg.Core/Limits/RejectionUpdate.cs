using System;

namespace CBorg.Core.Limits;

/// <summary>
/// What a rejection tells: a limit nobody knew, or that others use it too, or that the minute is not over yet. The three
/// kinds are three things (docs/reliability.md).
/// </summary>
internal sealed class RejectionUpdate(LimitState state, TimeSpan now)
{
    // The server compares whole seconds, so a probe at a window's end can come up to half a second early.
    private static readonly TimeSpan s_tooEarly = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_closeToTheEnd = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestProbeInterval = TimeSpan.FromSeconds(16);

    /// <returns>Zero when the queue holds the next attempt as long as needed; null when the limits say nothing about
    /// it.</returns>
    public TimeSpan? Take(Permit permit, CBorgException failure)
    {
        switch (failure.Kind)
        {
            case ErrorKind.RequestLimit when failure.Facts.RateLimit is { } rejection:
                return Requests(permit, rejection);
            case ErrorKind.ParallelLimit when failure.Facts.RateLimit is { } rejection:
                return Parallel(permit, rejection);
            case ErrorKind.TokenLimit when failure.Facts.RateLimit is { NeverFits: false } rejection:
                return Tokens(permit, rejection);
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

    private TimeSpan Requests(Permit permit, RateLimitRejection rejection)
    {
        foreach (LimitScope counted in state.For(permit.Model))
        {
            // Rejected requests count nowhere.
            if (permit.EntryOf(counted) is { } entry)
            {
                counted.Window.Uncount(entry, permit.Tokens);
            }
        }

        LimitScope scope = ScopeOf(
            rejection,
            permit.Model,
            other => other.Server.Requests is { } limit ? limit.Value - other.Window.Requests : null
        );
        bool wasProbe = scope.ProbeId == permit.Id;
        scope.ProbeId = wasProbe ? null : scope.ProbeId;
        long most = Learn(
            scope,
            RateLimitType.Requests,
            rejection.Limit ?? scope.Server.Requests?.Value ?? scope.Window.Own.Requests
        );
        Block(scope, wasProbe, Math.Max(1, most) - scope.Window.Own.Requests);
        return TimeSpan.Zero;
    }

    /// <param name="scope">Whose window is full.</param>
    /// <param name="wasProbe">Whether it was the one to find out.</param>
    /// <param name="rest">What others must have used if the window is the one that we think it is.</param>
    private void Block(LimitScope scope, bool wasProbe, long rest)
    {
        Window window = scope.Window;
        if (wasProbe && (window.Own.Requests == 0 || scope.FailedProbes > 0))
        {
            scope.FailedProbes++;
            window.Close();
            scope.BlockedUntil = now + (now - window.Ended < s_closeToTheEnd ? s_tooEarly : ProbeInterval(scope.FailedProbes));
        }
        else if (window.IsOpen && window.Certain)
        {
            window.Others.Requests = Math.Max(window.Others.Requests, rest);
        }
        else if (scope.FailedProbes == 0)
        {
            window.Others.Requests = Math.Max(window.Others.Requests, rest);
            scope.FailedProbes = 1;
            scope.BlockedUntil = now + ProbeInterval(1);
        }

        scope.NextIsProbe = true;
    }

    private TimeSpan Parallel(Permit permit, RateLimitRejection rejection)
    {
        LimitScope scope = ScopeOf(
            rejection,
            permit.Model,
            other => other.Server.Parallel is { } limit ? limit.Value - state.InFlight(other) : null
        );
        int others = Math.Max(0, state.InFlight(scope) - 1);
        if (rejection.Limit is { } told)
        {
            Learn(scope, RateLimitType.Parallel, told);
        }
        else if (scope.Server.Parallel is null or { Origin: RateLimitOrigin.Rejection })
        {
            // LiteLLM 1.77 names no limit. Of several that were too many the last tells it; the first were rejected beside
            // others that would be.
            Learn(scope, RateLimitType.Parallel, Math.Min(others, scope.Server.Parallel?.Value ?? long.MaxValue));
        }

        if (others < (scope.Server.Parallel?.Value ?? long.MaxValue))
        {
            scope.Backoff.Rejected(others, now);
        }

        return TimeSpan.Zero;
    }

    private TimeSpan Tokens(Permit permit, RateLimitRejection rejection)
    {
        LimitScope scope = ScopeOf(
            rejection,
            permit.Model,
            other => other.Server.Tokens is { } limit ? limit.Value - other.Window.Tokens : null
        );
        if (permit.EntryOf(scope) is { } entry)
        {
            scope.Window.Correct(entry, -permit.Tokens);
        }

        long most = Learn(scope, RateLimitType.Tokens, rejection.Limit ?? scope.Server.Tokens?.Value ?? scope.Window.Own.Tokens);
        long left = state.Rules.ReservesTokens ? rejection.Remaining ?? 0 : -1;
        scope.Window.Others.Tokens = Math.Max(scope.Window.Others.Tokens, most - left - scope.Window.Own.Tokens);
        permit.Tokens = 0;
        if (scope.BlockedByWindow(state.Rules, scope.Server, Math.Max(1, left), now) is null)
        {
            // The server's estimate is higher than ours: no use in trying again at once.
            scope.FailedProbes++;
            scope.BlockedUntil = now + ProbeInterval(scope.FailedProbes);
            scope.NextIsProbe = true;
        }

        return TimeSpan.Zero;
    }

    /// <returns>The limit as it is taken from now on.</returns>
    private long Learn(LimitScope scope, RateLimitType type, long limit)
    {
        long most = Math.Max(1, limit);
        scope.Server.Learn(type, new LimitValue(most, RateLimitOrigin.Rejection, now));
        return most;
    }

    /// <summary>The scope that the server names; LiteLLM 1.77 names a wrong one and no limit, so there the one with the
    /// least room is meant.</summary>
    private LimitScope ScopeOf(RateLimitRejection rejection, string model, Func<LimitScope, long?> room)
    {
        if (rejection.Limit is not null && rejection.Scope is { } named)
        {
            return ScopeNames.Of(state, named, model);
        }

        LimitScope tightest = state.Key;
        long? least = null;
        foreach (LimitScope scope in state.For(model))
        {
            if (room(scope) is { } left && !(least <= left))
            {
                (tightest, least) = (scope, left);
            }
        }

        return tightest;
    }

    private static TimeSpan ProbeInterval(int failed) =>
        TimeSpan.FromTicks(Math.Min(s_longestProbeInterval.Ticks, TimeSpan.TicksPerSecond << Math.Min(failed, 10)));
}
