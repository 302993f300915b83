using System;
using CBorg.Core.Store;

namespace CBorg.Core.Limits;

/// <summary>The scopes of all of the user's processes. Where they cannot be shared this process goes on alone, from what it knew last.</summary>
internal sealed class SharedStore(ISharedCell cell) : ILimitStore
{
    private readonly object _gate = new();
    private LimitState _state = new();
    private byte[]? _written;
    private bool _isAlone;

    public bool IsShared => true;

    public string? Problem { get; private set; }

    public T Update<T>(Func<LimitState, T> change)
    {
        lock (_gate)
        {
            if (!_isAlone)
            {
                try
                {
                    return cell.Update(bytes => Changed(bytes, change));
                }
                catch (StoreUnavailable e)
                {
                    _isAlone = e.Lasts;
                    Problem = e.Message;
                }
            }

            return change(_state);
        }
    }

    private (byte[]? Next, T Result) Changed<T>(byte[]? bytes, Func<LimitState, T> change)
    {
        if (_written is null || bytes is null || !_written.AsSpan().SequenceEqual(bytes))
        {
            _state = LimitCodec.Read(bytes);
        }

        // Should the change fail half-way, what it did to the state is not kept.
        _written = null;
        T result = change(_state);
        byte[] next = LimitCodec.Write(_state);
        bool isSame = bytes is not null && next.AsSpan().SequenceEqual(bytes);
        _written = next;
        return (isSame ? null : next, result);
    }
}
