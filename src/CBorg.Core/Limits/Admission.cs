using System;
using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>Whether a call may go: it needs room in every scope in which it counts, and nobody before it who waits for the
/// same.</summary>
/// <param name="state">The limits.</param>
/// <param name="now">Since the Unix epoch.</param>
/// <param name="owner">The process that asks.</param>
/// <param name="expires">When a permit ends by itself unless it is renewed.</param>
internal sealed class Admission(LimitState state, TimeSpan now, PermitOwner owner, TimeSpan expires)
{
    private static readonly WaitReason s_none = new("", null);

    private HashSet<string>? _full;
    private List<LimitSet>? _fullWishes;
    private bool _isClosed;

    /// <summary>Why the last call that was refused was.</summary>
    public WaitReason Reason { get; private set; } = s_none;

    /// <summary>Gives a permit, or says in <see cref="Reason"/> what the call waits for.</summary>
    public Permit? TryEnter(PermitRequest request)
    {
        // Nobody overtakes whoever waits for all.
        if (_isClosed)
        {
            return null;
        }

        if ((OneAtATime() ?? OutOfGrants()) is { } closed)
        {
            _isClosed = true;
            Reason = closed;
            return null;
        }

        IReadOnlyList<LimitScope> scopes = state.For(request.Model);
        long tokens = request.Estimate.For(state.Rules, SmallestLimit(scopes, request.UserLimits));
        if (Blocked(scopes, request.UserLimits, tokens) is { } block)
        {
            Reason = block;
            return null;
        }

        return Enter(request.Model, tokens, scopes);
    }

    private static long? SmallestLimit(IReadOnlyList<LimitScope> scopes, LimitSet userLimits)
    {
        long? smallest = null;
        foreach (LimitScope scope in scopes)
        {
            smallest = scope.Limits(userLimits).Tokens is { } limit && !(smallest < limit.Value) ? limit.Value : smallest;
        }

        return smallest;
    }

    /// <summary>As long as nothing is known, and while the budget seems used up, one call finds out for all.</summary>
    private WaitReason? OneAtATime() =>
        (state.Known && !state.BudgetSpent) || !state.HasCallInFlight
            ? null
            : new WaitReason(
                state.BudgetSpent
                    ? "a call under way shows whether the budget is used up"
                    : "the first call's reply tells the limits",
                null
            );

    private WaitReason? OutOfGrants()
    {
        if (state.Granted.Requests < state.MostGrants.Requests && state.Granted.Tokens < state.MostGrants.Tokens)
        {
            return null;
        }

        state.RanOut = true;
        return new WaitReason("permits are taken from the shared state", now);
    }

    private WaitReason? Blocked(IReadOnlyList<LimitScope> scopes, LimitSet userLimits, long tokens)
    {
        WaitReason? worst = null;
        foreach (LimitScope scope in scopes)
        {
            if ((BlockedBy(scope, userLimits, tokens) ?? BehindOthers(scope, userLimits)) is { } block)
            {
                MarkFull(scope, userLimits, tokens);
                worst = worst is null || block.Until > (worst.Until ?? TimeSpan.Zero) ? block : worst;
            }
        }

        return worst;
    }

    private WaitReason? BehindOthers(LimitScope scope, LimitSet userLimits)
    {
        bool isFull =
            _full?.Contains(scope.Id) == true
            || (scope.Id == LimitState.KeyScope && _fullWishes?.Exists(wish => wish.Equals(userLimits)) == true);
        return isFull ? new WaitReason($"others wait for {scope.Who}", null) : null;
    }

    /// <summary>Nobody overtakes who waits for the server's limit. Who waits for a limit of his own user holds up only
    /// those of the same wish.</summary>
    private void MarkFull(LimitScope scope, LimitSet userLimits, long tokens)
    {
        if (scope.Id == LimitState.KeyScope && userLimits != LimitSet.None && BlockedBy(scope, LimitSet.None, tokens) is null)
        {
            (_fullWishes ??= []).Add(userLimits);
            return;
        }

        (_full ??= new(StringComparer.Ordinal)).Add(scope.Id);
        _isClosed |= scope.Id == LimitState.KeyScope;
    }

    private WaitReason? BlockedBy(LimitScope scope, LimitSet userLimits, long tokens)
    {
        if (state.ParallelLimit(scope, userLimits) is { } limit && state.InFlight(scope) is var taken && taken >= limit)
        {
            TimeSpan? freed = state.FirstAbandonedEnd(scope);
            TimeSpan? more = scope.Backoff.Size is null ? null : scope.Backoff.Until;
            string reason =
                taken == 0 ? $"others hold all permits of {scope.Who}" : $"{taken} calls of {scope.Who} are in flight";
            return new WaitReason(reason, freed is null || more < freed ? more : freed);
        }

        return scope.BlockedByWindow(state.Rules, scope.Limits(userLimits), tokens, now);
    }

    private Permit Enter(string model, long tokens, IReadOnlyList<LimitScope> scopes)
    {
        Permit permit = new()
        {
            Id = owner.NextPermit(),
            Owner = owner.Id,
            Model = model,
            Tokens = tokens,
            SentAt = now,
            Until = expires,
        };
        foreach (LimitScope scope in scopes)
        {
            permit.Entries.Add(scope.Enter(permit.Id, tokens, now));
        }

        state.Permits.Add(permit);
        state.Granted.Add(1, tokens);
        return permit;
    }
}
