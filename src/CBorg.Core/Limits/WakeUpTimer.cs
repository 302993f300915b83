using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>Calls back at a moment, or earlier: a call too many does no harm, and moving a timer at every change would cost
/// more. Not thread-safe: its owner's lock guards it.</summary>
/// <param name="clock">Time.</param>
/// <param name="ring">Called on any thread, perhaps under the lock of its owner: it only has something done soon.</param>
internal sealed class WakeUpTimer(IClock clock, Action ring)
{
    private Timer? _timer;

    /// <param name="at">The moment; null for never.</param>
    /// <param name="now">The time by the same clock.</param>
    public void Set(TimeSpan? at, TimeSpan now)
    {
        // One that has rung is no timer any more, even where the clock says that its moment has not come: the system's
        // timers may ring a little early.
        if (at is { } moment && _timer is { HasRung: false } set && set.At <= moment)
        {
            return;
        }

        _timer?.Cancel();
        _timer = at is { } next ? new Timer(next, ring) : null;
        _timer?.Start(clock, now);
    }

    private sealed class Timer(TimeSpan at, Action ring)
    {
        private readonly CancellationTokenSource _cancel = new();
        private volatile bool _hasRung;

        public TimeSpan At => at;

        public bool HasRung => _hasRung;

        public void Start(IClock clock, TimeSpan now) =>
            _ = clock
                .Delay(at > now ? at - now : TimeSpan.Zero, _cancel.Token)
                .ContinueWith(
                    static (_, timer) => ((Timer)timer!).Ring(),
                    this,
                    _cancel.Token,
                    TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );

        public void Cancel() => _cancel.Cancel();

        private void Ring()
        {
            _hasRung = true;
            ring();
        }
    }
}
