using System;
using System.Collections.Generic;

namespace CBorg.Core.Resilience;

/// <summary>The permission to have one call in flight. Given back when the reply has been read to its end.</summary>
internal sealed class CallLease(CallLimiter? limiter, IReadOnlyList<(LimitBook Book, LimitBook.Entry Entry)> entries) : IDisposable
{
    /// <summary>For requests that count against no limit.</summary>
    public static CallLease Free { get; } = new(null, []);

    private bool _returned;

    public IReadOnlyList<(LimitBook Book, LimitBook.Entry Entry)> Entries => entries;

    /// <summary>Replaces the booked estimate by what the reply says: all tokens but cached ones.</summary>
    public void Settle(long tokens) => limiter?.Settle(this, tokens);

    public void Dispose()
    {
        if (!_returned)
        {
            _returned = true;
            limiter?.Return(this);
        }
    }
}
