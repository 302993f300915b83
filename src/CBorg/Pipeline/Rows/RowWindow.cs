using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace CBorg.Pipeline.Rows;

/// <summary>
/// The rows of a pipeline that wait for their call, are under way, or are held back until those before them are written.
/// Whoever accepts rows asks for room first, so that it holds a bounded number of them.
/// </summary>
internal sealed partial class RowWindow
{
    private const int LeastHeld = 64;
    private const int HeldPerCall = 3;

    private readonly object _gate = new();
    private readonly RowQueue _rows;
    private readonly RowOrder _order;
    private readonly RowStops _stops = new();
    private readonly Action _changed;
    private readonly CancellationToken _stop;
    private ExceptionDispatchInfo? _broken;

    /// <param name="ordered">Whether outputs come in the order of the input, or as rows finish.</param>
    /// <param name="changed">Called on any thread when there may be something to do.</param>
    /// <param name="stop">Cancels all rows.</param>
    public RowWindow(bool ordered, Action changed, CancellationToken stop)
    {
        (_changed, _stop) = (changed, stop);
        _order = new RowOrder(ordered);
        _rows = new RowQueue(RunAsync);
    }

    /// <summary>How many rows have been accepted.</summary>
    public long Accepted => Locked(() => _order.Accepted);

    /// <summary>How many rows are under way or ready, and for how many of them a request has been sent.</summary>
    public (int Calls, int Sent) Calls => Locked(() => (_rows.Count, _rows.Sent));

    /// <summary>Whether all that was accepted has been written.</summary>
    public bool IsEmpty => Locked(() => _order.Held == 0);

    /// <summary>
    /// The most rows that are held for so many calls at once: some are done and wait for a slow one before them.
    /// </summary>
    public static int Most(int calls) => calls + Math.Max(LeastHeld, HeldPerCall * calls);

    /// <summary>Sets how many rows may be under way, and says whether another row is welcome.</summary>
    /// <param name="calls">How many rows may be under way.</param>
    /// <param name="ahead">How many rows may be ready besides, so that a permit that becomes free is taken at once.</param>
    public bool HasRoom(int calls, int ahead)
    {
        lock (_gate)
        {
            _rows.Limit = calls;
            StartReady();
            return !_stops.IsClosed && _rows.Count < calls + ahead && _order.Held < Most(calls);
        }
    }

    /// <summary>
    /// Accepts a row, unless everything has ended. What its work throws besides its cancellation comes out of <see
    /// cref="TryTake"/>.
    /// </summary>
    public void Accept(Row row)
    {
        lock (_gate)
        {
            if (!_stops.IsClosed)
            {
                row.Enter(this, _order.Accepted + 1, _stop);
                _order.Accept(row);
                _rows.Add(row);
                StartReady();
            }
        }
    }

    /// <summary>The next thing to write, if there is one now.</summary>
    public bool TryTake(out RowOutput output)
    {
        lock (_gate)
        {
            _broken?.Throw();
            output = _order.Take()!;
            return output is not null;
        }
    }

    /// <summary>
    /// What comes after everything else, when everything ended early and the rest has been written; null when nothing does.
    /// </summary>
    public object? TakeLast() => Locked(() => _order.Held == 0 ? _stops.Last : null);

    /// <summary>Waits until no row is under way, or the time is over.</summary>
    public void Wait(TimeSpan timeout)
    {
        Stopwatch watch = Stopwatch.StartNew();
        lock (_gate)
        {
            while (_rows.IsAnyUnderWay && timeout - watch.Elapsed is var rest && rest > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, rest);
            }
        }
    }

    private void StartReady()
    {
        if (!_stop.IsCancellationRequested)
        {
            _rows.Start();
        }
    }

    /// <summary>Rows that were not started before everything ended leave nothing.</summary>
    private void DropReadyIfClosed()
    {
        foreach (Row row in _stops.IsClosed ? _rows.TakeReady() : [])
        {
            _order.Finish(row);
            row.Finish();
        }
    }

    private T Locked<T>(Func<T> value)
    {
        lock (_gate)
        {
            return value();
        }
    }
}
