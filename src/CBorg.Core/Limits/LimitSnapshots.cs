using System;
using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>What is asked of the limits so often that nobody should wait for it, as it was at the last change. Read by any
/// thread; written under the limiter's lock.</summary>
internal sealed class LimitSnapshots
{
    /// <summary>Limits of tokens a minute below this make the server cut replies that ask for no length (LiteLLM's
    /// <c>_apply_implicit_output_cap</c>) ...</summary>
    public const int CapBelow = 4096;

    // ... at this part of the limit.
    private const int CapPart = 4;

    private readonly HashSet<string> _watched = new(StringComparer.Ordinal);
    private volatile Snapshot _latest = new();

    public static ModelLimits Unknown { get; } = new(null, AdaptiveConcurrency.Largest, null);

    /// <summary>Null for a model that nobody watches yet.</summary>
    public ModelLimits? Of(string model) => _latest.Models.TryGetValue(model, out ModelLimits? limits) ? limits : null;

    public void Watch(string model)
    {
        lock (_watched)
        {
            _watched.Add(model);
        }
    }

    /// <returns>The latest one, where nothing has changed since.</returns>
    public Snapshot Take(LimitState state)
    {
        Snapshot latest = _latest;
        Snapshot? next = null;
        lock (_watched)
        {
            foreach (string model in _watched)
            {
                ModelLimits? known = latest.Models.TryGetValue(model, out ModelLimits? before) ? before : null;
                ModelLimits limits = Of(state, model, known);
                if (next is null && !ReferenceEquals(limits, known))
                {
                    next = new Snapshot(latest);
                }

                next?.Set(model, limits);
            }
        }

        return next ?? latest;
    }

    public void Publish(Snapshot snapshot) => _latest = snapshot;

    private static ModelLimits Of(LimitState state, string model, ModelLimits? known)
    {
        long? key = null;
        long? others = null;
        foreach (LimitScope scope in state.For(model))
        {
            long? limit = state.ParallelLimit(scope, LimitSet.None);
            if (scope.Id == LimitState.KeyScope)
            {
                key = limit;
            }
            else if (limit is not null && !(others < limit))
            {
                others = limit;
            }
        }

        long? cap =
            state.Rules.CapsReplies && state.SmallestTokenLimit(model) is { } most && most < CapBelow
                ? Math.Max(1, most / CapPart)
                : null;
        return known is not null && known.KeyParallel == key && known.OtherParallel == others && known.ReplyCap == cap
            ? known
            : new ModelLimits(key, others, cap);
    }

    /// <summary>All models at one moment.</summary>
    internal sealed class Snapshot
    {
        private readonly Dictionary<string, ModelLimits> _models;

        public Snapshot() => _models = new(StringComparer.Ordinal);

        public Snapshot(Snapshot other) => _models = new(other._models, StringComparer.Ordinal);

        public IReadOnlyDictionary<string, ModelLimits> Models => _models;

        /// <summary>Before it is published.</summary>
        public void Set(string model, ModelLimits limits) => _models[model] = limits;
    }

    /// <param name="KeyParallel">The server's limit of calls in flight for the key; null when there is none.</param>
    /// <param name="OtherParallel">The smallest one of all other scopes; null when there is none.</param>
    /// <param name="ReplyCap">Where the server cuts replies that ask for no length; null when it does not.</param>
    internal sealed record ModelLimits(long? KeyParallel, long? OtherParallel, long? ReplyCap)
    {
        // More than that nobody has in flight.
        private const long Most = 1024;

        // Ready to go at once when a call ends.
        private const int Ready = 2;

        public int ParallelCalls(LimitSet userLimits)
        {
            long? key = userLimits.Parallel?.Value ?? KeyParallel;
            long fits = OtherParallel is null || key < OtherParallel ? key ?? AdaptiveConcurrency.Largest : OtherParallel.Value;
            return (int)Math.Min(fits, Most) + Ready;
        }
    }
}
