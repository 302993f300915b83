using System;
using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>
/// All that is known of the limits of one service and key, and all that is in flight: data, with the arithmetic on it.
/// Times are since the Unix epoch. Not thread-safe: <see cref="ILimitStore"/> guards it.
/// </summary>
internal sealed class LimitState
{
    public const string KeyScope = "key";

    // CBorg publishes five calls at a time for all models on the Laboratory's own hardware.
    private const string OnPrem = "lbl/*";
    private const int OnPremParallel = 5;

    private readonly Dictionary<string, List<LimitScope>> _byModel = new(StringComparer.Ordinal);

    public LimitState()
    {
        Scope(KeyScope, null);
        Scope(OnPrem, OnPrem).Server.Parallel = new LimitValue(OnPremParallel, RateLimitOrigin.Published, TimeSpan.Zero);
    }

    public Dictionary<string, LimitScope> Scopes { get; } = new(StringComparer.Ordinal);

    public List<Permit> Permits { get; } = [];

    /// <summary>The process that has the state for itself; null when every change goes through the store.</summary>
    public StateLease? Lease { get; set; }

    /// <summary>When each of the processes was last at the state.</summary>
    public Dictionary<Guid, TimeSpan> LastSeen { get; } = [];

    /// <summary>The server's version, as its replies tell it.</summary>
    public string? Version { get; set; }

    /// <summary>Whether anything has told of limits yet: a reply, or the account.</summary>
    public bool Known { get; set; }

    /// <summary>Whether the last that was heard is that the budget is used up: then calls go one by one, until one
    /// passes.</summary>
    public bool BudgetSpent { get; set; }

    /// <summary>When the account was asked last.</summary>
    public TimeSpan? AskedAt { get; set; }

    /// <summary>Whether a permit has been given back before: LiteLLM from 1.96 takes some ms longer for a key's first.</summary>
    public bool GaveBack { get; set; }

    /// <summary>How long calls take, about, in seconds; 0 while unknown.</summary>
    public double TypicalSeconds { get; set; }

    /// <summary>What has been granted since the store was last written. Not kept.</summary>
    public WindowCounter Granted { get; } = new();

    /// <summary>What may be granted until it is written again. Not kept.</summary>
    public WindowCounter MostGrants { get; } = new() { Requests = long.MaxValue, Tokens = long.MaxValue };

    /// <summary>Whether a call could not go for want of that. Not kept.</summary>
    public bool RanOut { get; set; }

    public LimitScope Key => Scopes[KeyScope];

    public ServerRules Rules => ServerRules.Of(Version);

    /// <summary>Whether a call is under way that has not been given up.</summary>
    public bool HasCallInFlight => Permits.Exists(static permit => !permit.IsAbandoned);

    /// <summary>What a scope allows. One that becomes known late counts what was sent before.</summary>
    public LimitScope Scope(string id, string? model)
    {
        if (!Scopes.TryGetValue(id, out LimitScope? scope))
        {
            scope = Add(new LimitScope(id, model));
            string fuller = model is null ? KeyScope : PaceId(model);
            if (fuller != id && Scopes.TryGetValue(fuller, out LimitScope? counted))
            {
                CopyUse(counted, scope);
            }
        }

        return scope;
    }

    /// <summary>The scope of a model's own pace.</summary>
    public LimitScope Pace(string model) =>
        Scopes.TryGetValue(PaceId(model), out LimitScope? scope)
            ? scope
            : Add(new LimitScope(PaceId(model), model) { Adaptive = new AdaptiveConcurrency() });

    /// <summary>The scopes in which a request for a model counts; there can be more of them after each reply.</summary>
    public IReadOnlyList<LimitScope> For(string model)
    {
        if (!_byModel.TryGetValue(model, out List<LimitScope>? scopes))
        {
            Pace(model);
            scopes = [];
            foreach (LimitScope scope in Scopes.Values)
            {
                if (scope.Covers(model))
                {
                    scopes.Add(scope);
                }
            }

            _byModel[model] = scopes;
        }

        return scopes;
    }

    /// <summary>The smallest of the server's limits of tokens a minute for a model; null when there is none.</summary>
    public long? SmallestTokenLimit(string model)
    {
        long? smallest = null;
        foreach (LimitScope scope in For(model))
        {
            smallest = scope.Server.Tokens is { } limit && !(smallest < limit.Value) ? limit.Value : smallest;
        }

        return smallest;
    }

    public Permit? Permit(long id)
    {
        foreach (Permit permit in Permits)
        {
            if (permit.Id == id)
            {
                return permit;
            }
        }

        return null;
    }

    public int InFlight(LimitScope scope)
    {
        int count = 0;
        foreach (Permit permit in Permits)
        {
            count += scope.Covers(permit.Model) ? 1 : 0;
        }

        return count;
    }

    /// <summary>When the server lets go of the first of the calls that were given up; null when there is none.</summary>
    public TimeSpan? FirstAbandonedEnd(LimitScope scope)
    {
        TimeSpan? first = null;
        foreach (Permit permit in Permits)
        {
            first = permit.IsAbandoned && scope.Covers(permit.Model) && !(first < permit.Until) ? permit.Until : first;
        }

        return first;
    }

    /// <summary>How many may be in flight in a scope; null when nothing limits it.</summary>
    public long? ParallelLimit(LimitScope scope, LimitSet userLimits)
    {
        if (scope.Adaptive is { } adaptive)
        {
            return !adaptive.HadTrouble && HasParallelLimit(scope.Model!, userLimits) ? null : adaptive.Limit;
        }

        return scope.Limits(userLimits).Parallel is { } limit
            ? scope.Backoff.Limit(Math.Max(1, limit.Value))
            : scope.Backoff.Size;
    }

    /// <summary>Forgets calls that have ended by themselves, and limits that only a rejection told of long ago.</summary>
    public void Sweep(TimeSpan now)
    {
        for (int i = Permits.Count - 1; i >= 0; i--)
        {
            if (Permits[i].Until <= now)
            {
                Permits.RemoveAt(i);
            }
        }

        foreach (LimitScope scope in Scopes.Values)
        {
            scope.Backoff.Advance(scope.Server.Parallel?.Value ?? long.MaxValue, now);
            scope.Server.Forget(now);
        }
    }

    internal LimitScope Add(LimitScope scope)
    {
        Scopes[scope.Id] = scope;
        _byModel.Clear();
        return scope;
    }

    private static string PaceId(string model) => "calls to " + model;

    private bool HasParallelLimit(string model, LimitSet userLimits)
    {
        foreach (LimitScope scope in For(model))
        {
            if (scope.Adaptive is null && scope.Limits(userLimits).Parallel is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void CopyUse(LimitScope from, LimitScope to)
    {
        to.Window.CopyFrom(from.Window);
        foreach (Permit permit in Permits)
        {
            if (permit.EntryOf(from) is { } entry)
            {
                permit.Entries.Add(entry with { Scope = to.Id });
            }
        }
    }
}
