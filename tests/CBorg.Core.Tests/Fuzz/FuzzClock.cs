using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>Time in which every wait is over at once and no deadline ever comes.</summary>
internal sealed class FuzzClock : IClock
{
    private long _ticks;

    public DateTimeOffset UtcNow => new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero) + Elapsed;

    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "No clock waits into the past.");
        }

        Interlocked.Add(ref _ticks, delay.Ticks);
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;
    }

    public CancellationTokenSource CancelAfter(TimeSpan delay, CancellationToken linked) =>
        CancellationTokenSource.CreateLinkedTokenSource(linked);
}
