using System;
using System.Linq;
using CBorg.Core.Limits;

namespace CBorg.Bench.Limits;

/// <summary>Tells the stage, with each change of the limits, how many calls have the permission to be under way.</summary>
internal sealed class WatchedStore(ILimitStore store, Stage stage) : ILimitStore
{
    public bool IsShared => store.IsShared;

    public string? Problem => store.Problem;

    public PermitOwner Owner => store.Owner;

    public StoreUpdate Update(Action<LimitState> change, bool mayWait = true) =>
        store.Update(
            state =>
            {
                change(state);
                stage.SetPermits(state.Permits.Count(permit => !permit.IsAbandoned));
            },
            mayWait
        );
}
