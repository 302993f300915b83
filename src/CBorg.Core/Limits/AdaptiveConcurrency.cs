using System;

namespace CBorg.Core.Limits;

/// <summary>How many calls for a model to have in flight while nobody says: more while all goes well, half after trouble
/// (as TCP does).</summary>
internal sealed class AdaptiveConcurrency
{
    private const double First = 4;
    public const int Largest = 32;

    public double Size { get; set; } = First;

    /// <summary>Up to here it grows by one a success, from here by one a round.</summary>
    public double Threshold { get; set; } = Largest;

    /// <summary>When it was halved last; trouble of calls sent before that is the same trouble.</summary>
    public TimeSpan HalvedAt { get; set; }

    public bool HadTrouble => HalvedAt > TimeSpan.Zero;

    public long Limit => Math.Max(1, (long)Size);

    /// <param name="inFlight">Calls in flight with this one; what was not used proves nothing.</param>
    public void Succeeded(int inFlight)
    {
        if (inFlight >= Size / 2)
        {
            Size = Math.Min(Largest, Size + (Size < Threshold ? 1 : 1 / Size));
        }
    }

    /// <param name="sentAt">When the call in trouble was sent.</param>
    /// <param name="inFlight">Calls in flight with it.</param>
    /// <param name="now">The time.</param>
    public void Failed(TimeSpan sentAt, int inFlight, TimeSpan now)
    {
        if (sentAt >= HalvedAt)
        {
            Threshold = Math.Max(1, Math.Min(Size, inFlight) / 2);
            Size = Threshold;
            HalvedAt = now;
        }
    }
}
