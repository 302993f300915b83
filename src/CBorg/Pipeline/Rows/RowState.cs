using System;

namespace CBorg.Pipeline.Rows;

/// <summary>How far the rows of a pipeline are.</summary>
internal sealed class RowState
{
    public long Done { get; init; }

    public long Failed { get; init; }

    /// <summary>Rows that wait for a place, or to be tried again.</summary>
    public int Waiting { get; init; }

    /// <summary>All rows; null when nobody knows.</summary>
    public long? Total { get; init; }

    /// <summary>Rows a minute at the pace of the last ones; null while there is none.</summary>
    public double? PerMinute { get; init; }

    /// <summary>USD so far; null when no row's cost is known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Whether rows cost something that nobody knows.</summary>
    public bool HasUnknownCosts { get; init; }

    private long Ended => Done + Failed;

    /// <summary>Per cent, from 0; -1 when nobody knows.</summary>
    public int Percent => Total is > 0 ? (int)(100 * Ended / Total.Value) : -1;

    /// <summary>USD in the end, at what a row cost so far; null when that cannot be told.</summary>
    public decimal? ProjectedCost => Total is { } total && Cost is { } cost && !HasUnknownCosts && Ended > 0 && total > Ended ? cost / Ended * total : null;

    /// <summary>How long the rest takes at the pace of the last rows; null when nobody knows.</summary>
    public TimeSpan? TimeLeft => Total is { } total && PerMinute is > 0 and { } pace && total > Ended && (total - Ended) / pace is var minutes and < 60 * 24 * 365
        ? TimeSpan.FromMinutes(minutes)
        : null;
}
