using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Core.Limits;

/// <summary>Whether a call may go: it needs room in every scope in which it counts, and nobody before it who waits for the same.</summary>
internal sealed class Admission(LimitState state, TimeSpan now)
{
    private readonly HashSet<string> _full = [];

    /// <summary>Whether nobody at all can go.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Why the last call that was refused was.</summary>
    public WaitReason Last { get; private set; }

    /// <summary>Lets the call in, or says in <see cref="Last"/> what it waits for.</summary>
    public Permit? TryEnter(string model, TokenEstimate demand, Guid owner, TimeSpan expires)
    {
        if (Alone() is { } alone)
        {
            IsClosed = true;
            Last = alone;
            return null;
        }

        List<LimitScope> scopes = state.For(model);
        long tokens = demand.For(state.Rules, scopes.Min(scope => scope.Tokens?.Value));
        if (Blocked(scopes, tokens) is { } block)
        {
            Last = block;
            return null;
        }

        return Enter(model, tokens, scopes, owner, expires);
    }

    /// <summary>As long as nothing is known, and while the budget seems used up, one call finds out for all.</summary>
    private WaitReason? Alone() => (state.Known && !state.BudgetSpent) || !state.Permits.Any(permit => !permit.IsAbandoned)
        ? null
        : new WaitReason(state.BudgetSpent ? "a call under way shows whether the budget is used up" : "the first call's reply tells the limits", null);

    private WaitReason? Blocked(List<LimitScope> scopes, long tokens)
    {
        WaitReason? worst = null;
        foreach (LimitScope scope in scopes)
        {
            WaitReason? block = BlockedBy(scope, tokens);
            if (block is null && _full.Contains(scope.Id))
            {
                block = new WaitReason($"others wait for {scope.Who}", null);
            }

            if (block is { } found)
            {
                _full.Add(scope.Id);
                IsClosed |= scope.Id == LimitState.KeyScope;
                worst = worst is null || found.Until > (worst.Value.Until ?? TimeSpan.Zero) ? found : worst;
            }
        }

        return worst;
    }

    private WaitReason? BlockedBy(LimitScope scope, long tokens)
    {
        if (state.ParallelLimit(scope) is { } limit && state.InFlight(scope) is int taken && taken >= limit)
        {
            TimeSpan? gone = state.Permits.Where(permit => permit.IsAbandoned && scope.Covers(permit.Model)).Select(permit => (TimeSpan?)permit.Until).Min();
            TimeSpan? more = scope.Backoff.Size is null ? null : scope.Backoff.Until;
            return new WaitReason(taken == 0 ? $"others hold all permits of {scope.Who}" : $"{taken} calls of {scope.Who} are in flight", gone is null || more < gone ? more : gone);
        }

        return scope.BlockedByWindow(state.Rules, tokens, now);
    }

    private Permit Enter(string model, long tokens, List<LimitScope> scopes, Guid owner, TimeSpan expires)
    {
        Guid id = Guid.NewGuid();
        Permit permit = new() { Id = id, Owner = owner, Model = model, Tokens = tokens, SentAt = now, Until = expires };
        permit.Entries.AddRange(scopes.Select(scope => scope.Enter(id, tokens, now)));
        state.Permits.Add(permit);
        return permit;
    }
}
