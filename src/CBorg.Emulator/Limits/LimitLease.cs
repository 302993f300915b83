using System.Collections.Generic;
using System.Threading;

namespace CBorg.Emulator.Limits;

/// <summary>A call that was let in: holds slots and tokens until it is settled.</summary>
internal sealed class LimitLease(Limiter limiter, IReadOnlyList<LimitEntry> entries, bool countsTokens)
{
    private int _settled;

    public IReadOnlyList<LimitEntry> Entries { get; } = entries;

    public bool CountsTokens { get; } = countsTokens;

    public void Settle(LimitUsage? usage)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            limiter.Settle(this, usage);
        }
    }
}
