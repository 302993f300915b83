using System;
using System.Collections.Generic;

namespace CBorg.Pipeline.Rows;

/// <summary>How far the rows of a pipeline are, and what they cost. For the pipeline thread only.</summary>
/// <param name="now">A clock.</param>
internal sealed class RowStatistics(Func<TimeSpan> now)
{
    // The pace is that of the last rows: limits come by the minute, models have good and bad days.
    private const int Remembered = 256;
    private const double MinutesOfAYear = 60 * 24 * 365;

    private readonly Queue<TimeSpan> _ends = new();
    private readonly TimeSpan _started = now();
    private decimal _cost;
    private bool _hasKnownCosts;
    private long? _total;
    private (long Row, string Reason, TimeSpan? Until)? _wait;

    public long Done { get; private set; }

    public long Failed { get; private set; }

    /// <summary>Rows that wait for a permit, or to be tried again.</summary>
    public int Waiting { get; set; }

    /// <summary>All rows, those that have ended at least; null when nobody knows.</summary>
    public long? Total
    {
        get => _total is { } total ? Math.Max(total, Ended) : null;
        set => _total = value;
    }

    /// <summary>Done or failed.</summary>
    public long Ended => Done + Failed;

    /// <summary>USD so far; null when no call's cost is known.</summary>
    public decimal? Cost => _hasKnownCosts ? _cost : null;

    /// <summary>Whether calls cost something that nobody knows.</summary>
    public bool HasUnknownCosts { get; private set; }

    /// <summary>Per cent, from 0; -1 when nobody knows.</summary>
    public int Percent => Total is > 0 and { } total ? (int)(100 * Ended / total) : -1;

    /// <summary>USD in the end, at what a row cost so far; null when that cannot be told.</summary>
    public decimal? ProjectedCost =>
        Total is { } total && Cost is { } cost && !HasUnknownCosts && Ended > 0 && total > Ended ? cost / Ended * total : null;

    /// <summary>Rows a minute at the pace of the last ones; null while there is none.</summary>
    public double? PerMinute
    {
        get
        {
            TimeSpan span = now() - (Ended > _ends.Count ? _ends.Peek() : _started);
            return Ended == 0 || span <= TimeSpan.Zero ? null : _ends.Count / span.TotalMinutes;
        }
    }

    /// <summary>How long the rest takes at the pace of the last rows; null when nobody knows.</summary>
    public TimeSpan? TimeLeft =>
        Total - Ended is > 0 and { } left && PerMinute is > 0 and { } pace && left / pace is var minutes and < MinutesOfAYear
            ? TimeSpan.FromMinutes(minutes)
            : null;

    /// <summary>For how long and why a row waits, the latest that does; null when that wait is over.</summary>
    public string? Wait =>
        _wait switch
        {
            null => null,
            { Until: { } until, Reason: var reason } when until > now() => $"waits {RowLine.Span(until - now())}: {reason}",
            { Reason: var reason } => $"waits: {reason}",
        };

    /// <summary>A row has ended.</summary>
    /// <param name="row">Which.</param>
    /// <param name="done">How many of the inputs that it stands for have a result.</param>
    /// <param name="failed">How many of them have none.</param>
    /// <param name="at">When that was.</param>
    public void End(long row, int done, int failed, TimeSpan at)
    {
        Resumes(row);
        Done += done;
        Failed += failed;
        for (int i = 0; i < Math.Min(done + failed, Remembered); i++)
        {
            _ends.Enqueue(at);
        }

        while (_ends.Count > Remembered)
        {
            _ends.Dequeue();
        }
    }

    /// <summary>What a call cost, in USD; null when that cannot be known.</summary>
    public void Costs(decimal? cost)
    {
        _cost += cost ?? 0;
        _hasKnownCosts |= cost is not null;
        HasUnknownCosts |= cost is null;
    }

    /// <param name="row">Which row waits.</param>
    /// <param name="reason">What for.</param>
    /// <param name="until">How long; null when nobody knows.</param>
    public void Waits(long row, string reason, TimeSpan? until)
    {
        // That it waits is said already.
        bool saysSo = reason.StartsWith("Waiting", StringComparison.Ordinal);
        int colon = saysSo ? reason.IndexOf(": ", StringComparison.Ordinal) : -1;
        _wait = (row, colon > 0 ? reason.Substring(colon + 2) : reason, until);
    }

    public void Resumes(long row) => _wait = _wait?.Row == row ? null : _wait;
}
