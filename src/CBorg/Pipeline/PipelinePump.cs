using System;
using System.Collections.Concurrent;
using System.Threading;
using CBorg.Pipeline.Rows;

namespace CBorg.Pipeline;

/// <summary>
/// The pipeline thread's part in asynchronous work. Rows run on the pool; PowerShell lets a cmdlet write on its own thread
/// only, so this runs there what they post and writes their outputs, for as long as the thread is the cmdlet's. For that thread
/// only, but for <see cref="Post"/>.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    // The progress bar counts seconds.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);

    // Work that was cancelled ends at once; what does not must not hold up the end of a pipeline.
    private static readonly TimeSpan s_shutdownTimeout = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<Action> _posted = [];
    private readonly CancellationTokenSource _cancel;
    private readonly Action<object> _write;
    private readonly Action<object> _end;
    private readonly Action _report;
    private int _isWakeUpPosted;

    /// <param name="ordered">Whether outputs come in the order of the input.</param>
    /// <param name="write">Writes a result or a failure.</param>
    /// <param name="end">Ends the pipeline for what nothing can follow; throws.</param>
    /// <param name="report">Called before each output, at least once a second: shows how far it is.</param>
    /// <param name="stop">Ctrl+C.</param>
    public PipelinePump(bool ordered, Action<object> write, Action<object> end, Action report, CancellationToken stop)
    {
        (_write, _end, _report) = (write, end, report);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Window = new RowWindow(ordered, WakeUp, _cancel.Token);
    }

    /// <summary>The rows.</summary>
    public RowWindow Window { get; }

    /// <summary>Has something done soon on the pipeline thread; nobody waits for it. For any thread.</summary>
    public void Post(Action action)
    {
        try
        {
            _posted.Add(action, _cancel.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // The cmdlet has ended; a message that nobody can write any more is dropped.
        }
    }

    /// <summary>
    /// Writes what is ready, and waits for more, until it is enough. One thing that is ready is written in any case: who comes
    /// and goes again must not let results pile up.
    /// </summary>
    /// <param name="isEnough">Whether the thread may leave.</param>
    /// <param name="wait">When to ask again at the latest; null for now and then.</param>
    public void RunUntil(Func<bool> isEnough, Func<TimeSpan>? wait = null)
    {
        while (true)
        {
            _cancel.Token.ThrowIfCancellationRequested();
            RunPosted();
            _report();
            bool wrote = TryWrite();
            if (isEnough())
            {
                // What a row had to say before it ended may have been posted meanwhile.
                RunPosted();
                return;
            }

            if (!wrote && _posted.TryTake(out Action? action, Milliseconds(wait?.Invoke()), _cancel.Token))
            {
                action();
            }
        }
    }

    /// <summary>The one way to end early: cancels all rows and waits until they have ended.</summary>
    public void ShutDown()
    {
        _cancel.Cancel();
        Window.Wait(s_shutdownTimeout);
    }

    public void Dispose()
    {
        _cancel.Dispose();
        _posted.Dispose();
    }

    private bool TryWrite()
    {
        if (Window.TryTake(out RowOutput output))
        {
            _write(output.Value);
            output.Done();
            return true;
        }

        if (Window.TakeLast() is { } last)
        {
            RunPosted();
            _end(last);
        }

        return false;
    }

    private void RunPosted()
    {
        // What is posted meanwhile has to wait: messages must not hold up results.
        for (int count = _posted.Count; count > 0 && _posted.TryTake(out Action? action); count--)
        {
            action();
        }
    }

    /// <summary>Wakes the thread; a wake-up that it has not heard yet is enough.</summary>
    private void WakeUp()
    {
        if (Interlocked.Exchange(ref _isWakeUpPosted, 1) == 0)
        {
            Post(() => Volatile.Write(ref _isWakeUpPosted, 0));
        }
    }

    private static int Milliseconds(TimeSpan? wait) =>
        (int)Math.Ceiling((wait > TimeSpan.Zero && wait < s_longestWait ? wait.Value : s_longestWait).TotalMilliseconds);
}
