using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Core.Limits;

/// <summary>The limits as people read them.</summary>
/// <param name="state">The limits.</param>
/// <param name="userLimits">What the connection's user wants to keep to.</param>
/// <param name="utcNow">The time of day.</param>
/// <param name="now">The same, since the Unix epoch.</param>
internal sealed class LimitReport(LimitState state, LimitSet userLimits, DateTimeOffset utcNow, TimeSpan now)
{
    /// <param name="waiting">How many calls of this process wait, by scope.</param>
    public IReadOnlyList<RateLimit> Rows(Func<LimitScope, int> waiting) =>
        [
            .. state
                .Scopes.Values.OrderBy(scope => scope.Model is not null)
                .ThenBy(scope => scope.Id, StringComparer.Ordinal)
                .SelectMany(scope => Rows(scope, waiting(scope))),
        ];

    private IEnumerable<RateLimit> Rows(LimitScope scope, int waiting)
    {
        scope.Window.Advance(now);
        LimitSet limits = scope.Limits(userLimits);
        if (limits.Requests is { } requests)
        {
            yield return Row(scope, RateLimitType.Requests, requests, scope.Window.Requests, waiting);
        }

        if (limits.Tokens is { } tokens)
        {
            yield return Row(scope, RateLimitType.Tokens, tokens, scope.Window.Tokens, waiting);
        }

        if (Parallel(scope, limits) is { } parallel)
        {
            yield return Row(scope, RateLimitType.Parallel, parallel, state.InFlight(scope), waiting);
        }
    }

    private LimitValue? Parallel(LimitScope scope, LimitSet limits) =>
        limits.Parallel
        ?? (
            scope.Adaptive is { } adaptive && state.ParallelLimit(scope, userLimits) is { } size
                ? new LimitValue(size, RateLimitOrigin.Adaptive, adaptive.HadTrouble ? adaptive.HalvedAt : now)
                : null
        );

    private RateLimit Row(LimitScope scope, RateLimitType type, LimitValue limit, long used, int waiting) =>
        new()
        {
            Scope = scope.Id,
            Type = type,
            Limit = limit.Value,
            Used = used,
            ResetsAt =
                type != RateLimitType.Parallel && scope.Window.IsOpen ? (utcNow + (scope.Window.End - now)).LocalDateTime : null,
            Origin = limit.Origin,
            Age = limit.At == TimeSpan.Zero || limit.At > now ? TimeSpan.Zero : now - limit.At,
            Waiting = waiting,
        };
}
