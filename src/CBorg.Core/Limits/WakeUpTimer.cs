using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>Calls back at a moment, or earlier: a call too many does no harm, and moving a timer at every change would cost more. Not thread-safe: its owner's lock guards it.</summary>
/// <param name="clock">Time.</param>
/// <param name="ring">Called on any thread, perhaps under the lock of its owner: it only has something done soon.</param>
internal sealed class WakeUpTimer(IClock clock, Action ring)
{
    private CancellationTokenSource? _set;
    private TimeSpan _at;

    /// <param name="at">The moment; null for never.</param>
    /// <param name="now">The time by the same clock.</param>
    public void Set(TimeSpan? at, TimeSpan now)
    {
        if (at is { } moment && _set is not null && _at <= moment && _at > now)
        {
            return;
        }

        CancellationTokenSource? old = _set;
        _set = null;
        if (at is { } next)
        {
            _at = next;
            _set = new CancellationTokenSource();
            Start(_set, next > now ? next - now : TimeSpan.Zero);
        }

        old?.Cancel();
    }

    private void Start(CancellationTokenSource set, TimeSpan delay) => _ = clock.Delay(delay, set.Token).ContinueWith(
        static (_, timer) => ((WakeUpTimer)timer!).Ring(),
        this,
        set.Token,
        TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private void Ring() => ring();
}
