using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Limits;

/// <summary>A clock whose delays end a little too early, as the system's do.</summary>
internal sealed class EarlyClock(FakeClock clock, TimeSpan early) : IClock
{
    public DateTimeOffset UtcNow => clock.UtcNow;

    public TimeSpan Elapsed => clock.Elapsed;

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) =>
        clock.Delay(delay > early ? delay - early : delay, cancellationToken);

    public CancellationTokenSource CancelAfter(TimeSpan delay, CancellationToken linked) => clock.CancelAfter(delay, linked);
}
