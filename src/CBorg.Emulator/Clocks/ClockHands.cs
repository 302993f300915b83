using System.Diagnostics.CodeAnalysis;

namespace CBorg.Emulator.Clocks;

/// <summary>How far a clock has come, and the timers that wait on it. Times are since the clock was made.</summary>
internal sealed class ClockHands(bool runs)
{
    private readonly object _lock = new();
    private readonly List<TurnableTimer> _timers = [];
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private TimeSpan _advanced;

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

    public TimeSpan Elapsed => Advanced + (runs ? TimeProvider.System.GetElapsedTime(_startedAt) : TimeSpan.Zero);

    /// <summary>When the earliest timer is due; null when none is set.</summary>
    public TimeSpan? Next
    {
        get
        {
            lock (_lock)
            {
                return Earliest()?.Due;
            }
        }
    }

    public void MoveOn(TimeSpan time)
    {
        lock (_lock)
        {
            _advanced += time;
        }
    }

    /// <summary>Puts a timer in or takes it out.</summary>
    public void Set(TurnableTimer timer, bool active)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (active)
            {
                _timers.Add(timer);
            }
        }
    }

    /// <summary>Moves on to the next timer and takes it out, when it is due within the time that is left.</summary>
    public bool TryReachNext(ref TimeSpan left, [NotNullWhen(true)] out TurnableTimer? timer)
    {
        lock (_lock)
        {
            timer = Earliest();
            var step = timer?.Due is { } due ? due - Elapsed : TimeSpan.MaxValue;
            if (timer is null || step > left)
            {
                timer = null;
                return false;
            }

            var turn = step > TimeSpan.Zero ? step : TimeSpan.Zero;
            _advanced += turn;
            left -= turn;
            _timers.Remove(timer);
            return true;
        }
    }

    private TurnableTimer? Earliest() => _timers.MinBy(timer => timer.Due);
}
