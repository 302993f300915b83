using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

internal sealed class SystemClock : IClock
{
    public static SystemClock Instance { get; } = new();

    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public TimeSpan Elapsed => TimeSpan.FromSeconds((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency);

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);

    public CancellationTokenSource CancelAfter(TimeSpan delay, CancellationToken linked)
    {
        CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(linked);
        source.CancelAfter(delay);
        return source;
    }
}
