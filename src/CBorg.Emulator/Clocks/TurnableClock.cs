using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Emulator.Clocks;

/// <summary>
/// A clock that can be turned on. <see cref="Manual"/> stands still between the turns, <see cref="Offset"/> runs as well. Timers fire
/// one after the other as their times are reached, each at its own time, and what it wakes has run before the clock moves on.
/// </summary>
public sealed class TurnableClock : TimeProvider
{
    private readonly object _lock = new();
    private readonly SemaphoreSlim _turning = new(1);
    private readonly List<TurnableTimer> _timers = [];
    private readonly List<Waits> _followed = [];
    private readonly DateTimeOffset _start;
    private readonly long _startedAt = System.GetTimestamp();
    private readonly ITimer? _alarm;
    private TimeSpan _advanced;

    private TurnableClock(DateTimeOffset? start, bool runs)
    {
        _start = start ?? System.GetUtcNow();
        _alarm = runs ? System.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) : null;
    }

    /// <summary>Whether time passes by itself.</summary>
    public bool Runs => _alarm is not null;

    /// <summary>The sum of all turns.</summary>
    public TimeSpan Advanced
    {
        get
        {
            lock (_lock)
            {
                return _advanced;
            }
        }
    }

    /// <summary>When the earliest timer is due; null when none is set.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_lock)
            {
                return Earliest()?.Due is { } due ? _start + due : null;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time since the clock was made.</summary>
    internal TimeSpan Elapsed => Advanced + (Runs ? System.GetElapsedTime(_startedAt) : TimeSpan.Zero);

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

    /// <summary>Turns the clock on. When it returns, everything that became due has run until it waits again or has ended.</summary>
    public Task AdvanceAsync(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);

        // Away from the caller's synchronization context, where what a timer wakes would not run at once.
        return Task.Run(() => TurnAsync(time));
    }

    internal void Follow(Waits waits)
    {
        lock (_lock)
        {
            _followed.Add(waits);
        }
    }

    internal void Set(TurnableTimer timer, bool active)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (active)
            {
                _timers.Add(timer);
            }

            SetAlarm();
        }
    }

    private async Task TurnAsync(TimeSpan time)
    {
        await _turning.WaitAsync();
        try
        {
            await SettleAsync();
            while (TakeWithin(ref time) is { } timer)
            {
                timer.Fire();
                await SettleAsync();
            }

            lock (_lock)
            {
                _advanced += time;
                SetAlarm();
            }
        }
        finally
        {
            _turning.Release();
        }
    }

    private Task SettleAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_followed.Select(waits => waits.SettleAsync()).ToList());
        }
    }

    /// <summary>Moves on to the next timer and takes it out, when it is due within the time that is left.</summary>
    private TurnableTimer? TakeWithin(ref TimeSpan left)
    {
        lock (_lock)
        {
            var timer = Earliest();
            var step = timer is null ? TimeSpan.MaxValue : timer.Due!.Value - Elapsed;
            if (step > left)
            {
                return null;
            }

            var turn = step > TimeSpan.Zero ? step : TimeSpan.Zero;
            _advanced += turn;
            left -= turn;
            _timers.Remove(timer!);
            return timer;
        }
    }

    private void FireDue()
    {
        var none = TimeSpan.Zero;
        while (TakeWithin(ref none) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            SetAlarm();
        }
    }

    private TurnableTimer? Earliest() => _timers.MinBy(timer => timer.Due);

    private void SetAlarm()
    {
        if (_alarm is not null && Earliest()?.Due is { } due)
        {
            var rest = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (due - Elapsed).TotalMilliseconds)));
            _alarm.Change(rest, Timeout.InfiniteTimeSpan);
        }
    }
}
