using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <summary>
/// The rows of a pipeline that are under way or wait for their turn to be written: in the order of the input, or as they finish. Whoever starts rows asks for room first, so that it holds a bounded
/// number of them. Each row's outputs stay together.
/// </summary>
/// <param name="ordered">Whether outputs come in the order of the input.</param>
/// <param name="changed">Called on any thread when there may be something to do.</param>
/// <param name="stop">Cancels all rows.</param>
internal sealed class RowWindow<T>(bool ordered, Action changed, CancellationToken stop)
{
    private const int LeastHeld = 64;
    private const int HeldPerCall = 3;

    private readonly object _gate = new();
    private readonly HashSet<Row<T>> _underWay = [];
    private readonly Queue<Row<T>> _turns = new();
    private long _started;
    private long _written;
    private bool _closed;
    private (long Number, T Value)? _last;
    private ExceptionDispatchInfo? _broken;

    /// <summary>How many rows have been started.</summary>
    public long Started => Locked(() => _started);

    /// <summary>How many rows are under way, and for how many of them a request is out.</summary>
    public (int UnderWay, int Out) Calls => Locked(() => (_underWay.Count, _underWay.Count(row => row.IsOut)));

    /// <summary>Whether all that was started has been written.</summary>
    public bool IsEmpty => Locked(() => _started == _written);

    /// <summary>Whether no row is let in any more.</summary>
    public bool IsClosed => Locked(() => _closed);

    /// <summary>The most rows that are held when so many may be under way: some are done and wait for a slow one before them.</summary>
    public static int Most(int underWay) => underWay + Math.Max(LeastHeld, HeldPerCall * underWay);

    /// <summary>Whether another row may be started.</summary>
    public bool HasRoom(int mostUnderWay) => Locked(() => !_closed && _underWay.Count < mostUnderWay && _started - _written < Most(mostUnderWay));

    /// <summary>Starts a row, unless no more are let in. Its work must not throw but for its cancellation; what it throws all the same comes out of <see cref="TryTake"/>.</summary>
    public void Start(Func<Row<T>, Task> work)
    {
        Row<T> row;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            row = new Row<T>(this, ++_started, stop);
            _underWay.Add(row);
            if (ordered)
            {
                GiveTurn(row);
            }
        }

        _ = Task.Run(() => RunAsync(row, work));
    }

    /// <summary>The next thing to write, if there is one now.</summary>
    public bool TryTake(out RowOutput<T> output)
    {
        lock (_gate)
        {
            _broken?.Throw();
            for (; _turns.Count > 0; _turns.Dequeue(), _written++)
            {
                Row<T> first = _turns.Peek();
                if (first.Outputs.Count > 0)
                {
                    output = first.Outputs.Dequeue();
                    return true;
                }

                if (!first.IsFinished)
                {
                    break;
                }
            }
        }

        output = null!;
        return false;
    }

    /// <summary>What comes after everything else, when everything ended early and the rest has been written.</summary>
    public bool TryTakeLast(out T last)
    {
        lock (_gate)
        {
            last = _last is { } end ? end.Value : default!;
            return _last is not null && _started == _written;
        }
    }

    /// <summary>Waits until no row is under way.</summary>
    public void Wait(TimeSpan patience)
    {
        Stopwatch watch = Stopwatch.StartNew();
        lock (_gate)
        {
            while (_underWay.Count > 0 && watch.Elapsed < patience)
            {
                TimeSpan rest = patience - watch.Elapsed;
                Monitor.Wait(_gate, rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            }
        }
    }

    internal void Moved(Row<T> row, bool isOut)
    {
        bool isTooLate;
        lock (_gate)
        {
            row.IsOut = isOut;
            isTooLate = _closed;
        }

        if (isTooLate)
        {
            row.Cancel();
        }
    }

    /// <returns>What completes when it has been written; null when nobody is to wait for that.</returns>
    internal TaskCompletionSource<bool>? Add(Row<T> row, T value, bool isAwaited)
    {
        TaskCompletionSource<bool>? written;
        lock (_gate)
        {
            GiveTurn(row);
            written = isAwaited && _turns.Peek() == row ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            row.Outputs.Enqueue(new RowOutput<T>(value, written));
        }

        changed();
        return written;
    }

    internal void End(Row<T> row, T last)
    {
        Row<T>[] unsent;
        lock (_gate)
        {
            _closed = true;
            _last = _last is { } other && other.Number < row.Number ? other : (row.Number, last);
            unsent = [.. _underWay.Where(other => !other.IsOut && other != row)];
        }

        Array.ForEach(unsent, other => other.Cancel());
    }

    private async Task RunAsync(Row<T> row, Func<Row<T>, Task> work)
    {
        try
        {
            await work(row).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (row.CancellationToken.IsCancellationRequested)
        {
            // A row that was not asked leaves nothing.
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _closed = true;
                _broken ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        lock (_gate)
        {
            GiveTurn(row);
            row.IsFinished = true;
            _underWay.Remove(row);
            Monitor.PulseAll(_gate);
        }

        row.Finish();
        changed();
    }

    private void GiveTurn(Row<T> row)
    {
        if (!row.HasTurn)
        {
            row.HasTurn = true;
            _turns.Enqueue(row);
        }
    }

    private TValue Locked<TValue>(Func<TValue> value)
    {
        lock (_gate)
        {
            return value();
        }
    }
}
