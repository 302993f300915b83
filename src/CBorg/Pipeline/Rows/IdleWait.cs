using System;

namespace CBorg.Pipeline.Rows;

/// <summary>
/// The pipeline thread is a cmdlet's only while it takes a row. Where rows come slowly, results would come out one row late; so
/// it waits for them about as long as the next row will take to come.
/// </summary>
/// <param name="now">A clock.</param>
internal sealed class IdleWait(Func<TimeSpan> now)
{
    private static readonly TimeSpan s_shortestGap = TimeSpan.FromMilliseconds(100);

    private TimeSpan _left = now();
    private TimeSpan _until;

    /// <summary>How long to stay at most; zero or less when it is time to go.</summary>
    public TimeSpan Left => _until - now();

    /// <summary>A row has come.</summary>
    public void Arrive()
    {
        TimeSpan gap = now() - _left;
        _until = now() + (gap >= s_shortestGap ? gap : TimeSpan.Zero);
    }

    /// <summary>The thread goes for the next row.</summary>
    public void Leave() => _left = now();
}
