using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>Time that moves when a test says so, or by itself over the delays that are asked for.</summary>
/// <param name="skipUpTo">Delays up to this length pass at once and take the time with them. Null: none does.</param>
internal sealed class FakeClock(TimeSpan? skipUpTo = null) : IClock
{
    private readonly object _gate = new();
    private readonly List<WakeUpTimer> _alarms = [];
    private readonly List<TimeSpan> _asked = [];
    private readonly List<(Func<TimeSpan, bool> Wanted, TaskCompletionSource Seen)> _watchers = [];
    private TimeSpan _elapsed;

    public static DateTimeOffset Start { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A clock that skips every wait of the retry policy and the limiter, but not the idle timeout of a silent
    /// line.</summary>
    public static FakeClock Skipping() => new(TimeSpan.FromMinutes(2));

    public DateTimeOffset UtcNow => Start + Elapsed;

    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>Every delay that was asked for, in order.</summary>
    public IReadOnlyList<TimeSpan> Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>Delays that have not passed and that nobody has taken back.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
            {
                return _alarms.Count(alarm => !alarm.Deadline);
            }
        }
    }

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WakeUpTimer alarm;
        lock (_gate)
        {
            alarm = new WakeUpTimer(_elapsed + delay, delay, () => done.TrySetResult());
            _asked.Add(delay);
            _alarms.Add(alarm);
            Tell(delay);
        }

        cancellationToken.Register(() =>
        {
            Remove(alarm);
            done.TrySetCanceled(cancellationToken);
        });
        if (delay <= (skipUpTo ?? TimeSpan.Zero))
        {
            Advance(delay);
        }

        return done.Task;
    }

    public CancellationTokenSource CancelAfter(TimeSpan delay, CancellationToken linked)
    {
        CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(linked);
        if (delay <= TimeSpan.Zero)
        {
            source.Cancel();
            return source;
        }

        WakeUpTimer alarm = new(Elapsed + delay, delay, () => CancelIfAlive(source), Deadline: true);
        lock (_gate)
        {
            _alarms.Add(alarm);
            Tell(delay);
        }

        return source;
    }

    /// <summary>Moves time on; what is due on the way happens in order.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan target = Elapsed + by;
        while (Due(target) is { } alarm)
        {
            alarm.Ring();
        }
    }

    /// <summary>Completes when somebody waits for exactly that long, or already does.</summary>
    public Task Waiting(TimeSpan delay) => Waiting(asked => asked == delay);

    /// <inheritdoc cref="Waiting(TimeSpan)"/>
    public Task Waiting(Func<TimeSpan, bool> wanted)
    {
        lock (_gate)
        {
            TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_alarms.Any(alarm => wanted(alarm.Delay)))
            {
                seen.SetResult();
            }
            else
            {
                _watchers.Add((wanted, seen));
            }

            return seen.Task;
        }
    }

    private static void CancelIfAlive(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended before its time.
        }
    }

    private WakeUpTimer? Due(TimeSpan target)
    {
        lock (_gate)
        {
            WakeUpTimer? next = _alarms.Where(alarm => alarm.At <= target).MinBy(alarm => alarm.At);
            if (next is not null)
            {
                _alarms.Remove(next);
            }

            TimeSpan now = next?.At ?? target;
            _elapsed = now > _elapsed ? now : _elapsed;
            return next;
        }
    }

    private void Remove(WakeUpTimer alarm)
    {
        lock (_gate)
        {
            _alarms.Remove(alarm);
        }
    }

    private void Tell(TimeSpan delay)
    {
        foreach ((Func<TimeSpan, bool> wanted, TaskCompletionSource seen) in _watchers)
        {
            if (wanted(delay))
            {
                seen.TrySetResult();
            }
        }
    }

    private sealed record WakeUpTimer(TimeSpan At, TimeSpan Delay, Action Ring, bool Deadline = false);
}
