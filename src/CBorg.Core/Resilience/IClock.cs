using System;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Resilience;

/// <summary>Time, injected, so that tests of waits need none.</summary>
internal interface IClock
{
    DateTimeOffset UtcNow { get; }

    /// <summary>Monotonic time since some fixed moment.</summary>
    TimeSpan Elapsed { get; }

    Task Delay(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>A source that cancels itself after a while; linked to the given token.</summary>
    CancellationTokenSource CancelAfter(TimeSpan delay, CancellationToken linked);
}
