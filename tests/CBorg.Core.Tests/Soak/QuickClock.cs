using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Tests.Soak;

/// <summary>The machine's time, so many times as fast: waits of seconds take hundredths, and everything keeps its
/// proportion.</summary>
internal sealed class QuickClock(double times) : IClock
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly TimeSpan _startedAt = SystemClock.Instance.Elapsed;

    public DateTimeOffset UtcNow => _start + Elapsed;

    public TimeSpan Elapsed => (SystemClock.Instance.Elapsed - _startedAt) * times;

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) =>
        SystemClock.Instance.Delay(delay / times, cancellationToken);

    public CancellationTokenSource CancelAfter(TimeSpan delay, CancellationToken linked) =>
        SystemClock.Instance.CancelAfter(delay / times, linked);
}
