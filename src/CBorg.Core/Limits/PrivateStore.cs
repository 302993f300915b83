using System;

namespace CBorg.Core.Limits;

/// <summary>The limits' state of one process.</summary>
internal sealed class PrivateStore : ILimitStore
{
    private readonly object _gate = new();
    private readonly LimitState _state = new();

    public bool IsShared => false;

    public PermitOwner Owner { get; } = new();

    public string? Problem => null;

    public StoreUpdate Update(Action<LimitState> change, bool mayWait = true)
    {
        lock (_gate)
        {
            change(_state);
            return StoreUpdate.Kept;
        }
    }
}
