using System;
using System.Collections.Concurrent;
using System.Threading;

namespace CBorg.Pipeline.Rows;

/// <summary>The pipeline thread's part in a cmdlet of rows: it starts them, and serves their mail and their results for as long as it is the cmdlet's. For that thread only, but for its mail.</summary>
internal sealed class RowPump : IDisposable
{
    private static readonly TimeSpan s_longestNap = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<Action> _mail = [];
    private readonly CancellationTokenSource _cancel;
    private readonly RowWindow<object> _window;
    private readonly Action<object> _write;
    private readonly Action<object> _end;
    private readonly Action _look;
    private int _isCalled;

    /// <param name="ordered">Whether results come in the order of the input.</param>
    /// <param name="write">Writes a result or a failure.</param>
    /// <param name="end">Ends the pipeline for what nothing can follow; throws.</param>
    /// <param name="look">Called at every turn, at least once a second: shows how far it is.</param>
    /// <param name="stop">Ctrl+C.</param>
    public RowPump(bool ordered, Action<object> write, Action<object> end, Action look, CancellationToken stop)
    {
        (_write, _end, _look) = (write, end, look);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Thread = new PipelineThread(_mail, _cancel.Token);
        _window = new RowWindow<object>(ordered, Call, _cancel.Token);
    }

    /// <summary>Where rows post what they have to say.</summary>
    public PipelineThread Thread { get; }

    public RowWindow<object> Window => _window;

    /// <summary>Writes what is ready, and waits for more, until it is enough. One thing that is ready is written in any case: who comes and goes again must not let results pile up.</summary>
    /// <param name="enough">Whether the thread may leave.</param>
    /// <param name="nap">When to look again at the latest.</param>
    public void Serve(Func<bool> enough, Func<TimeSpan> nap)
    {
        while (true)
        {
            _cancel.Token.ThrowIfCancellationRequested();
            ReadMail();
            _look();
            bool wrote = TryWrite();
            if (enough())
            {
                // What a row had to say before it ended may have come after the mail was read.
                ReadMail();
                return;
            }

            if (!wrote && _mail.TryTake(out Action? letter, Milliseconds(nap()), _cancel.Token))
            {
                letter();
            }
        }
    }

    /// <summary>Cancels all rows and waits until they have ended.</summary>
    public void Abort(TimeSpan patience)
    {
        _cancel.Cancel();
        _window.Wait(patience);
    }

    public void Dispose()
    {
        _cancel.Dispose();
        _mail.Dispose();
    }

    private bool TryWrite()
    {
        if (_window.TryTake(out RowOutput<object> output))
        {
            _write(output.Value);
            output.Done();
            return true;
        }

        if (_window.TryTakeLast(out object last))
        {
            ReadMail();
            _end(last);
        }

        return false;
    }

    private void ReadMail()
    {
        // What comes meanwhile is for the next turn: talk must not keep results waiting.
        for (int letters = _mail.Count; letters > 0 && _mail.TryTake(out Action? letter); letters--)
        {
            letter();
        }
    }

    /// <summary>Wakes the thread; a call that it has not heard yet is enough.</summary>
    private void Call()
    {
        if (Interlocked.Exchange(ref _isCalled, 1) == 0)
        {
            Thread.Post(() => Volatile.Write(ref _isCalled, 0));
        }
    }

    private static int Milliseconds(TimeSpan nap) => (int)Math.Ceiling((nap > TimeSpan.Zero && nap < s_longestNap ? nap : s_longestNap).TotalMilliseconds);
}
