using System;

namespace CBorg.Core.Limits;

/// <summary>
/// After a rejection although by our count there was room: somebody else holds permits, or the server gives them back late.
/// Ours stay as many as there were, one more every while, until the limit is reached again.
/// </summary>
internal sealed class ParallelBackoff
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(50);

    // While calls of ours are in flight their ends bring us on; only for one more there is no hurry.
    private static readonly TimeSpan s_firstBeside = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    /// <summary>How many calls there may be; null when nothing is held.</summary>
    public long? Size { get; set; }

    /// <summary>When one more may be tried.</summary>
    public TimeSpan Until { get; set; }

    /// <summary>Rejections in a row.</summary>
    public int Rejections { get; set; }

    /// <summary>The limit as it is now.</summary>
    public long Limit(long limit) => Size is { } size ? Math.Min(size, limit) : limit;

    public void Rejected(long inFlight, TimeSpan now)
    {
        Size = inFlight;
        Until = now + Delay();
        Rejections++;
    }

    /// <summary>Lets one more in when it is time for it.</summary>
    public void Advance(long limit, TimeSpan now)
    {
        if (Size is { } size && now >= Until)
        {
            Size = size + 1;
            Until = now + Delay();
            if (Size >= limit && Rejections <= 1)
            {
                Size = null;
            }
        }
    }

    /// <summary>A call got in.</summary>
    public void Answered(long limit)
    {
        Rejections = Math.Max(0, Rejections - 1);
        if (Size >= limit)
        {
            (Size, Rejections) = (null, 0);
        }
    }

    private TimeSpan Delay() =>
        TimeSpan.FromTicks(Math.Min(s_longest.Ticks, (Size > 0 ? s_firstBeside : s_first).Ticks << Math.Min(Rejections, 10)));
}
