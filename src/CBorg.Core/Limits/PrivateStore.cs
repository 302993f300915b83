using System;

namespace CBorg.Core.Limits;

/// <summary>The scopes of one process.</summary>
internal sealed class PrivateStore : ILimitStore
{
    private readonly object _gate = new();
    private readonly LimitState _state = new();

    public bool IsShared => false;

    public string? Problem => null;

    public T Update<T>(Func<LimitState, T> change)
    {
        lock (_gate)
        {
            return change(_state);
        }
    }
}
