using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <summary>A row under way, as its work sees it. For any thread.</summary>
/// <typeparam name="T">What is written for rows: results and failures.</typeparam>
internal sealed class Row<T>
{
    private readonly RowWindow<T> _window;
    private readonly Func<Row<T>, Task> _work;
    private readonly CancellationTokenSource _cancel;

    public Row(RowWindow<T> window, Func<Row<T>, Task> work, long number, CancellationToken stop)
    {
        (_window, _work, Number) = (window, work, number);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        CancellationToken = _cancel.Token;
    }

    /// <summary>Its place in the input, from 1.</summary>
    public long Number { get; }

    /// <summary>Ends its work: the pipeline was stopped, or everything ends and its request has not gone out.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What is to be written for it and has not been. The window's lock guards this and what follows.</summary>
    internal Queue<RowOutput<T>> Outputs { get; } = new(1);

    internal bool HasTurn { get; set; }

    internal bool IsOut { get; set; }

    internal bool IsFinished { get; set; }

    /// <summary>Its request goes out: from here on it may cost something, and is let finish.</summary>
    public void Goes() => _window.Moved(this, isOut: true);

    /// <summary>It waits, for a place or before it tries again; nothing of it is under way meanwhile.</summary>
    public void Waits() => _window.Moved(this, isOut: false);

    /// <summary>Has something written in the row's turn.</summary>
    public void Write(T value) => _window.Add(this, value, isAwaited: false);

    /// <summary>Has something written, and waits for that if it is the row's turn: back-pressure for whom is listened to. Pieces of a row whose turn has not come are kept for it.</summary>
    public async Task WriteAsync(T value)
    {
        if (_window.Add(this, value, isAwaited: true) is { } written)
        {
            using CancellationTokenRegistration registration = CancellationToken.Register(() => written.TrySetCanceled());
            await written.Task.ConfigureAwait(false);
        }
    }

    /// <summary>No row can succeed any more: no other is let in, those that are not out are cancelled, and <paramref name="last"/> comes after all that is still written.</summary>
    public void EndAll(T last) => _window.End(this, last);

    internal Task WorkAsync() => _work(this);

    internal void Cancel()
    {
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It finished meanwhile.
        }
    }

    internal void Finish() => _cancel.Dispose();
}
