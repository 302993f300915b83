using System;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Emulator.Clocks;

/// <summary>A timer of a <see cref="TurnableClock"/>.</summary>
internal sealed class TurnableTimer(TurnableClock clock, Action callback) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private volatile bool _disposed;

    /// <summary>Time on the clock at which it fires; null while it is not set.</summary>
    public TimeSpan? Due { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        _period = period;
        Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.Elapsed + dueTime;
        clock.Set(this, active: Due is not null);
        return true;
    }

    public void Fire()
    {
        if (_disposed)
        {
            return;
        }

        if (_period > TimeSpan.Zero)
        {
            Due += _period;
            clock.Set(this, active: true);
        }

        callback();
    }

    public void Dispose()
    {
        _disposed = true;
        clock.Set(this, active: false);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
