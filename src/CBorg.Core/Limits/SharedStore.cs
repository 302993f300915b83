using System;
using System.Diagnostics;
using System.Threading;
using CBorg.Core.Resilience;
using CBorg.Core.Store;

namespace CBorg.Core.Limits;

/// <summary>
/// The limits' state of all of the user's processes. While a process is alone it has the state for itself, under a lease:
/// it works on its copy in memory, and has written down the most that it may grant
/// meanwhile. When another process comes, every change of either goes through the store. Where nothing can be shared a
/// process goes on alone, from what it knew last.
/// </summary>
internal sealed class SharedStore : ILimitStore, IDisposable
{
    // What a paused process may still do with a lease that it thinks it has: nothing in the last part of it.
    private static readonly TimeSpan s_leaseMargin = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_renewAfter = TimeSpan.FromSeconds(0.5);

    // How soon a process that has the state notices that others ask for it, and how long it keeps it without using it.
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_idleTimeout = TimeSpan.FromMilliseconds(250);

    // A store that failed may work again, when a full disk has room for instance; each try costs time.
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly ISharedCell _cell;
    private readonly IClock _clock;
    private readonly LeasedState _shared;
    private bool _isAlone;
    private bool _isPolled;
    private TimeSpan _lastUse;
    private TimeSpan? _retryAt;

    public SharedStore(ISharedCell cell, IClock clock)
    {
        (_cell, _clock) = (cell, clock);
        _shared = new LeasedState(cell, clock, Owner.Id);
    }

    public bool IsShared => true;

    public PermitOwner Owner { get; } = new();

    public string? Problem { get; private set; }

    /// <summary>Whether this process has the state for itself, long enough for a change.</summary>
    private bool IsLeased => _shared.LeasedUntil - s_leaseMargin > _clock.Elapsed && !_shared.Memory.RanOut;

    public StoreUpdate Update(Action<LimitState> change, bool mayWait = true)
    {
        lock (_gate)
        {
            _lastUse = _clock.Elapsed;
            if (!IsLeased)
            {
                return Share(change, mayWait);
            }

            change(_shared.Memory);
            return _shared.Memory.RanOut ? StoreUpdate.RanOut : StoreUpdate.Kept;
        }
    }

    /// <summary>Gives the state back, so that other processes need not wait until the lease has run out.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            GiveBack();
        }
    }

    private StoreUpdate Share(Action<LimitState> change, bool mayWait)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!_isAlone && !(_clock.Elapsed < _retryAt))
        {
            switch (TryTransact(change, takesLease: true))
            {
                case null:
                    break;
                case StoreUpdate.Leased when mayWait && waited.Elapsed < LeasedState.LongestForeignLease:
                    Thread.Sleep(s_pollInterval);
                    break;
                case StoreUpdate.Leased when mayWait:
                    Failed("another process does not give the limits back", lasts: false);
                    break;
                case { } update:
                    return update;
            }
        }

        _shared.GoAlone();
        change(_shared.Memory);
        return StoreUpdate.Kept;
    }

    /// <returns>Null when the store fails; the state is then as it was.</returns>
    private StoreUpdate? TryTransact(Action<LimitState> change, bool takesLease)
    {
        try
        {
            bool isMade = _shared.TryChange(change, takesLease);
            _retryAt = null;
            Poll();
            return isMade ? StoreUpdate.Kept : StoreUpdate.Leased;
        }
        catch (StoreUnavailable e)
        {
            Failed(e.Message, e.Lasts);
            return null;
        }
    }

    private void Failed(string problem, bool lasts)
    {
        Problem = problem;
        _isAlone = lasts;
        _retryAt = _clock.Elapsed + s_retryAfter;
    }

    /// <summary>Looks after the lease for as long as there is one.</summary>
    private void Poll()
    {
        if (!_isPolled && _shared.LeasedUntil is not null)
        {
            _isPolled = true;
            CancellationTokenSource timer = _clock.CancelAfter(s_pollInterval, CancellationToken.None);
            timer.Token.Register(static state => ((SharedStore)state!).LookAfterLease(), this);
        }
    }

    private void LookAfterLease()
    {
        lock (_gate)
        {
            _isPolled = false;
            TimeSpan now = _clock.Elapsed;
            if (now - _lastUse >= s_idleTimeout || LimitCodec.IsRequested(Stored()))
            {
                GiveBack();
            }
            else if (now >= _shared.LeasedAt + s_renewAfter || _shared.IsHalfUsed)
            {
                TryTransact(static _ => { }, takesLease: true);
            }

            Poll();
        }
    }

    private void GiveBack()
    {
        if (_shared.LeasedUntil is not null)
        {
            TryTransact(static _ => { }, takesLease: false);
        }
    }

    private byte[]? Stored()
    {
        try
        {
            return _cell.Read();
        }
        catch (StoreUnavailable)
        {
            // The next change meets the same trouble, and deals with it.
            return null;
        }
    }
}
