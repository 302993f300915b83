using System;

namespace CBorg.Core.Resilience;

/// <summary>The permission to have one call in flight. Given back when the reply has been read to its end.</summary>
internal sealed class CallLease(CallLimiter? limiter, Booking? booking) : IDisposable
{
    private bool _returned;

    /// <summary>For requests that count against no limit.</summary>
    public static CallLease Free { get; } = new(null, null);

    /// <summary>When it was given, by the clock's monotonic time.</summary>
    public TimeSpan GivenAt => booking?.At ?? TimeSpan.Zero;

    /// <summary>Replaces the booked estimate by what the reply says: all tokens but cached ones.</summary>
    public void Settle(long tokens) => limiter?.Settle(booking!, tokens);

    public void Dispose()
    {
        if (limiter is not null && !_returned)
        {
            _returned = true;
            limiter.Return(booking!);
        }
    }
}
