using System;
using System.Collections.Generic;

namespace CBorg.Pipeline.Rows;

/// <summary>What has become of the rows so far, and what they cost. For any thread.</summary>
/// <param name="now">A clock.</param>
internal sealed class RowTally(Func<TimeSpan> now)
{
    // The pace is that of the last rows: limits come by the minute, models have good and bad days.
    private const int Remembered = 256;

    private readonly object _gate = new();
    private readonly Queue<TimeSpan> _ends = new();
    private readonly TimeSpan _started = now();
    private long _done;
    private long _failed;
    private long _priced;
    private long _unpriced;
    private decimal _cost;
    private (long Row, string Reason, TimeSpan? Until)? _wait;

    /// <summary>For how long and why a row waits, the latest that does; null when that wait is over.</summary>
    public string? Wait
    {
        get
        {
            lock (_gate)
            {
                return _wait is not { } wait ? null
                    : wait.Until - now() is { } left && left > TimeSpan.Zero ? $"waits {RowStatus.Span(left)}: {wait.Reason}"
                    : $"waits: {wait.Reason}";
            }
        }
    }

    /// <summary>A row is done, or has failed.</summary>
    /// <param name="succeeded">Whether it is done.</param>
    /// <param name="rows">How many rows it stands for.</param>
    public void Ended(bool succeeded, int rows = 1)
    {
        lock (_gate)
        {
            _done += succeeded ? rows : 0;
            _failed += succeeded ? 0 : rows;
            for (int i = 0; i < Math.Min(rows, Remembered); i++)
            {
                _ends.Enqueue(now());
            }

            while (_ends.Count > Remembered)
            {
                _ends.Dequeue();
            }
        }
    }

    /// <summary>What a row cost, in USD; null when that cannot be known.</summary>
    public void Costs(decimal? cost)
    {
        lock (_gate)
        {
            _priced += cost is null ? 0 : 1;
            _unpriced += cost is null ? 1 : 0;
            _cost += cost ?? 0;
        }
    }

    /// <param name="row">Which row waits.</param>
    /// <param name="reason">What for.</param>
    /// <param name="delay">How long; null when nobody knows.</param>
    public void Waits(long row, string reason, TimeSpan? delay)
    {
        // That it waits is said already.
        string bare = reason.StartsWith("Waiting", StringComparison.Ordinal) && reason.IndexOf(": ", StringComparison.Ordinal) is var end and > 0 ? reason.Substring(end + 2) : reason;
        lock (_gate)
        {
            _wait = (row, bare, now() + delay);
        }
    }

    public void Resumes(long row)
    {
        lock (_gate)
        {
            _wait = _wait?.Row == row ? null : _wait;
        }
    }

    /// <param name="total">How many rows there are; null when nobody knows.</param>
    /// <param name="waiting">How many of them wait for a place or to be tried again.</param>
    public RowState State(long? total, int waiting)
    {
        lock (_gate)
        {
            long ended = _done + _failed;
            TimeSpan span = now() - (ended > _ends.Count ? _ends.Peek() : _started);
            double? pace = ended == 0 || span <= TimeSpan.Zero ? null : _ends.Count / span.TotalMinutes;
            return new RowState
            {
                Done = _done,
                Failed = _failed,
                Waiting = waiting,
                Total = total is { } known ? Math.Max(known, ended) : null,
                PerMinute = pace,
                Cost = _priced == 0 ? null : _cost,
                HasUnknownCosts = _unpriced > 0,
            };
        }
    }
}
