using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <summary>
/// The rows of a pipeline that wait for their call, are under way, or wait for their turn to be written. Whoever accepts rows asks for room first, so that it holds a bounded number of them.
/// </summary>
internal sealed class RowWindow<T>
{
    private const int LeastHeld = 64;
    private const int HeldPerCall = 3;

    private readonly object _gate = new();
    private readonly Queue<Row<T>> _ready = new();
    private readonly HashSet<Row<T>> _underWay = [];
    private readonly RowTurns<T> _turns;
    private readonly RowStarter<T> _starter;
    private readonly Action _changed;
    private readonly CancellationToken _stop;
    private int _places = 1;
    private bool _closed;
    private (long Number, T Value)? _last;
    private ExceptionDispatchInfo? _broken;

    /// <param name="ordered">Whether outputs come in the order of the input, or as rows finish.</param>
    /// <param name="changed">Called on any thread when there may be something to do.</param>
    /// <param name="stop">Cancels all rows.</param>
    public RowWindow(bool ordered, Action changed, CancellationToken stop)
    {
        (_changed, _stop) = (changed, stop);
        _turns = new RowTurns<T>(ordered);
        _starter = new RowStarter<T>(RunAsync);
    }

    /// <summary>How many rows have been accepted.</summary>
    public long Accepted => Locked(() => _turns.Accepted);

    /// <summary>How many rows are under way or ready, and for how many of them a request is out.</summary>
    public (int Calls, int Out) Calls => Locked(() => (_underWay.Count + _ready.Count, _underWay.Count(row => row.IsOut)));

    /// <summary>Whether all that was accepted has been written.</summary>
    public bool IsEmpty => Locked(() => _turns.Held == 0);

    /// <summary>The most rows that are held for so many places: some are done and wait for a slow one before them.</summary>
    public static int Most(int places) => places + Math.Max(LeastHeld, HeldPerCall * places);

    /// <summary>Sets how many rows may be under way, and says whether another row is welcome.</summary>
    /// <param name="places">How many rows may be under way.</param>
    /// <param name="ahead">How many rows may be ready besides, so that a place that becomes free is taken at once.</param>
    public bool HasRoom(int places, int ahead)
    {
        lock (_gate)
        {
            _places = places;
            StartReady();
            return !_closed && _underWay.Count + _ready.Count < places + ahead && _turns.Held < Most(places);
        }
    }

    /// <summary>Accepts a row, unless everything has ended. Its work must not throw but for its cancellation; what it throws all the same comes out of <see cref="TryTake"/>.</summary>
    public void Accept(Func<Row<T>, Task> work)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                Row<T> row = new(this, work, _turns.Accepted + 1, _stop);
                _turns.Accept(row);
                _ready.Enqueue(row);
                StartReady();
            }
        }
    }

    /// <summary>The next thing to write, if there is one now.</summary>
    public bool TryTake(out RowOutput<T> output)
    {
        lock (_gate)
        {
            _broken?.Throw();
            output = _turns.Take()!;
            return output is not null;
        }
    }

    /// <summary>What comes after everything else, when everything ended early and the rest has been written.</summary>
    public bool TryTakeLast(out T last)
    {
        lock (_gate)
        {
            last = _last is { } end ? end.Value : default!;
            return _last is not null && _turns.Held == 0;
        }
    }

    /// <summary>Waits until no row is under way.</summary>
    public void Wait(TimeSpan patience)
    {
        Stopwatch watch = Stopwatch.StartNew();
        lock (_gate)
        {
            while (_underWay.Count > 0 && patience - watch.Elapsed is var rest && rest > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, rest);
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

    /// <inheritdoc cref="RowTurns{T}.Add"/>
    internal TaskCompletionSource<bool>? Add(Row<T> row, T value, bool isAwaited)
    {
        TaskCompletionSource<bool>? written;
        lock (_gate)
        {
            written = _turns.Add(row, value, isAwaited);
        }

        _changed();
        return written;
    }

    internal void End(Row<T> row, T last)
    {
        Row<T>[] unsent;
        lock (_gate)
        {
            _last = _last is { } other && other.Number < row.Number ? other : (row.Number, last);
            unsent = [.. _underWay.Where(other => !other.IsOut && other != row)];
            Close();
        }

        Array.ForEach(unsent, other => other.Cancel());
    }

    private async Task RunAsync(Row<T> row)
    {
        ExceptionDispatchInfo? broken = null;
        try
        {
            await row.WorkAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (row.CancellationToken.IsCancellationRequested)
        {
            // A row that was not asked leaves nothing.
        }
        catch (Exception e)
        {
            broken = ExceptionDispatchInfo.Capture(e);
        }

        lock (_gate)
        {
            _underWay.Remove(row);
            _turns.Finish(row);
            _broken ??= broken;
            if (broken is not null)
            {
                Close();
            }

            StartReady();
            Monitor.PulseAll(_gate);
        }

        // Not under the lock: it waits for a cancellation that may be on its way through rows.
        row.Finish();
        _changed();
    }

    /// <summary>Gives free places to rows that are ready.</summary>
    private void StartReady()
    {
        while (_ready.Count > 0 && _underWay.Count < _places && !_stop.IsCancellationRequested)
        {
            Row<T> row = _ready.Dequeue();
            _underWay.Add(row);
            _starter.Start(row);
        }
    }

    private void Close()
    {
        _closed = true;
        for (; _ready.Count > 0; _ready.Dequeue())
        {
            _turns.Finish(_ready.Peek());
            _ready.Peek().Finish();
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
