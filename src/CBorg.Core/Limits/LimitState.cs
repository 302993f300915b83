using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Core.Limits;

/// <summary>All that is known of the limits of one service and key, and all that is in flight: data, with the arithmetic on it. Times are since the Unix epoch. Not thread-safe: <see cref="ILimitStore"/> guards it.</summary>
internal sealed class LimitState
{
    public const string KeyScope = "key";
    private const string OnPrem = "lbl/*";
    private const int OnPremParallel = 5;

    public LimitState()
    {
        Scope(KeyScope, null);
        Scope(OnPrem, OnPrem).Server.Parallel = new LimitValue(OnPremParallel, RateLimitOrigin.Published, TimeSpan.Zero);
    }

    public Dictionary<string, LimitScope> Scopes { get; } = new(StringComparer.Ordinal);

    public List<Permit> Permits { get; } = [];

    /// <summary>The server's version, as its replies tell it.</summary>
    public string? Version { get; set; }

    /// <summary>Whether anything has told of limits yet: a reply, or the account.</summary>
    public bool Known { get; set; }

    /// <summary>Whether the last that was heard is that the budget is used up: then calls go one by one, until one passes.</summary>
    public bool BudgetSpent { get; set; }

    /// <summary>When the account was asked last.</summary>
    public TimeSpan? AskedAt { get; set; }

    /// <summary>Whether a permit has been given back before: LiteLLM from 1.96 takes some ms longer for a key's first.</summary>
    public bool GaveBack { get; set; }

    /// <summary>How long calls take, about, in seconds; 0 while unknown.</summary>
    public double TypicalSeconds { get; set; }

    public LimitScope Key => Scopes[KeyScope];

    public ServerRules Rules => ServerRules.Of(Version);

    /// <summary>The scope of a scope. One that becomes known late counts what was sent before.</summary>
    public LimitScope Scope(string id, string? model)
    {
        if (!Scopes.TryGetValue(id, out LimitScope? scope))
        {
            Scopes[id] = scope = new LimitScope(id, model);
            if ((model is null ? Scopes[KeyScope] : Scopes.TryGetValue(PaceId(model), out LimitScope? pace) ? pace : null) is { } fuller && fuller != scope)
            {
                CopyUse(fuller, scope);
            }
        }

        return scope;
    }

    /// <summary>The scope of a model's own pace.</summary>
    public LimitScope Pace(string model)
    {
        string id = PaceId(model);
        if (!Scopes.TryGetValue(id, out LimitScope? scope))
        {
            Scopes[id] = scope = new LimitScope(id, model) { Adaptive = new AdaptiveConcurrency() };
        }

        return scope;
    }

    /// <summary>The scopes in which a request for a model counts; there can be more of them after each reply.</summary>
    public List<LimitScope> For(string model)
    {
        Pace(model);
        return [.. Scopes.Values.Where(scope => scope.Covers(model))];
    }

    public long? SmallestTokenLimit(string model) => For(model).Min(scope => scope.Tokens?.Value);

    public int InFlight(LimitScope scope) => Permits.Count(permit => scope.Covers(permit.Model));

    /// <summary>How many may be in flight in a scope; null when nothing limits it.</summary>
    public long? ParallelLimit(LimitScope scope)
    {
        if (scope.Adaptive is { } adaptive)
        {
            bool told = !adaptive.HadTrouble && Scopes.Values.Any(other => other.Parallel is not null && other.Covers(scope.Model!));
            return told ? null : adaptive.Limit;
        }

        return scope.Parallel is { } limit ? scope.Backoff.Limit(Math.Max(1, limit.Value)) : scope.Backoff.Size;
    }

    /// <summary>Forgets calls that have ended by themselves, and limits that only a rejection told of long ago.</summary>
    public void Sweep(TimeSpan now)
    {
        Permits.RemoveAll(permit => permit.Until <= now);
        foreach (LimitScope scope in Scopes.Values)
        {
            scope.Backoff.Turn(scope.Parallel?.Value ?? long.MaxValue, now);
            scope.Server.Forget(now);
        }
    }

    private static string PaceId(string model) => "calls to " + model;

    private void CopyUse(LimitScope from, LimitScope to)
    {
        to.Window.CopyFrom(from.Window);
        foreach (Permit permit in Permits)
        {
            int index = permit.Entries.FindIndex(entry => entry.Scope == from.Id);
            if (index >= 0)
            {
                permit.Entries.Add(permit.Entries[index] with { Scope = to.Id });
            }
        }
    }
}
