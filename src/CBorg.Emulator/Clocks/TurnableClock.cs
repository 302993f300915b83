using System.Collections.Concurrent;

namespace CBorg.Emulator.Clocks;

/// <summary>
/// A clock that can be turned on. <see cref="Manual"/> stands still between the turns, <see cref="Offset"/> runs as well.
/// Timers fire
/// one after the other as their times are reached, each at its own time, and what it wakes has run before the clock moves on.
/// </summary>
public sealed class TurnableClock : TimeProvider
{
    private readonly SemaphoreSlim _turning = new(1);
    private readonly ConcurrentBag<Waits> _followed = [];
    private readonly ClockHands _hands;
    private readonly DateTimeOffset _start;
    private readonly ITimer? _alarm;

    private TurnableClock(DateTimeOffset? start, bool runs)
    {
        _start = start ?? System.GetUtcNow();
        _hands = new ClockHands(runs);
        _alarm = runs ? System.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) : null;
    }

    /// <summary>Whether time passes by itself.</summary>
    public bool Runs => _alarm is not null;

    /// <summary>The sum of all turns.</summary>
    public TimeSpan Advanced => _hands.Advanced;

    /// <summary>When the earliest timer is due; null when none is set.</summary>
    public DateTimeOffset? Next => _start + _hands.Next;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time since the clock was made.</summary>
    internal TimeSpan Elapsed => _hands.Elapsed;

    /// <summary>A clock that only moves when it is turned; it starts now when no start is given.</summary>
    public static TurnableClock Manual(DateTimeOffset? start = null) => new(start, runs: false);

    /// <summary>A clock that runs like any other, and can be turned on besides.</summary>
    public static TurnableClock Offset() => new(null, runs: true);

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TurnableTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Turns the clock on. When it returns, everything that became due has run until it waits again or has
    /// ended.</summary>
    public Task AdvanceAsync(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);

        // Away from the caller's synchronization context, where what a timer wakes would not run at once.
        return Task.Run(() => TurnAsync(time));
    }

    internal void Follow(Waits waits) => _followed.Add(waits);

    internal void Set(TurnableTimer timer, bool active)
    {
        _hands.Set(timer, active);
        SetAlarm();
    }

    private async Task TurnAsync(TimeSpan time)
    {
        await _turning.WaitAsync();
        try
        {
            await SettleAsync();
            while (_hands.TryReachNext(ref time, out var timer))
            {
                timer.Fire();
                await SettleAsync();
            }

            _hands.MoveOn(time);
            SetAlarm();
        }
        finally
        {
            _turning.Release();
        }
    }

    private Task SettleAsync() => Task.WhenAll(_followed.Select(waits => waits.SettleAsync()).ToList());

    private void FireDue()
    {
        var none = TimeSpan.Zero;
        while (_hands.TryReachNext(ref none, out var timer))
        {
            timer.Fire();
        }

        SetAlarm();
    }

    private void SetAlarm()
    {
        if (_alarm is not null && _hands.Next is { } due)
        {
            var rest = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (due - Elapsed).TotalMilliseconds)));
            _alarm.Change(rest, Timeout.InfiniteTimeSpan);
        }
    }
}

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
