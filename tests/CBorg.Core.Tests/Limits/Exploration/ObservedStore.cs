using System;
using System.Collections.Generic;
using CBorg.Core.Limits;

namespace CBorg.Core.Tests.Limits.Exploration;

/// <summary>Tells which permits the state holds for its limiter, with each change that was kept.</summary>
internal sealed class ObservedStore(ILimitStore store) : ILimitStore
{
    public bool IsShared => store.IsShared;

    public PermitOwner Owner => store.Owner;

    public string? Problem => store.Problem;

    /// <summary>Those in flight.</summary>
    public HashSet<long> Permits { get; private set; } = [];

    /// <summary>Those of calls that were given up.</summary>
    public int Abandoned { get; private set; }

    public StoreUpdate Update(Action<LimitState> change, bool mayWait = true)
    {
        HashSet<long> permits = Permits;
        int abandoned = Abandoned;
        StoreUpdate update = store.Update(
            state =>
            {
                change(state);
                permits = [];
                abandoned = 0;
                foreach (Permit permit in state.Permits)
                {
                    if (permit.Owner == store.Owner.Id && !permit.IsAbandoned)
                    {
                        permits.Add(permit.Id);
                    }

                    abandoned += permit.IsAbandoned ? 1 : 0;
                }
            },
            mayWait
        );
        (Permits, Abandoned) = update == StoreUpdate.Leased ? (Permits, Abandoned) : (permits, abandoned);
        return update;
    }
}
