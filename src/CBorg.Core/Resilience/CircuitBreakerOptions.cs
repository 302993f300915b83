using System;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>Whether a call waits for a service that is down.</summary>
/// <param name="LongestWait">How long that may last; null: it does not wait.</param>
internal sealed record CircuitBreakerOptions(TimeSpan? LongestWait)
{
    private static readonly TimeSpan s_forEver = TimeSpan.FromDays(3650);

    private static readonly CircuitBreakerOptions s_none = new((TimeSpan?)null);

    /// <summary>What asks once only, to find out what works, does not wait for what does not.</summary>
    public static CircuitBreakerOptions Of(ConnectionOptions options, CallRequest request) =>
        request.MaximumRetryCount == 0 || options.WaitForService <= TimeSpan.Zero
            ? s_none
            : new CircuitBreakerOptions(options.WaitForService > s_forEver ? s_forEver : options.WaitForService);
}
