using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <summary>A row of a pipeline, from its acceptance to its last output. For any thread.</summary>
/// <param name="model">The model that it asks: what stops a model stops it. Null when it asks none.</param>
internal abstract class Row(string? model)
{
    private RowWindow _window = null!;
    private CancellationTokenSource _cancel = null!;

    /// <summary>Its place in the input, from 1; 0 before it is accepted.</summary>
    public long Number { get; private set; }

    /// <inheritdoc cref="Row(string?)"/>
    public string? Model => model;

    /// <summary>Ends its work: the pipeline was stopped, or it could only fail and its request has not been sent.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>What is to be written for it and has not been. The window's lock guards this and what follows.</summary>
    internal Queue<RowOutput> Outputs { get; } = new(1);

    internal bool HasPlaceInOrder { get; set; }

    internal bool IsSent { get; set; }

    internal bool IsFinished { get; set; }

    /// <summary>Its request goes out: from here on it may cost something, and is let finish.</summary>
    public void Goes() => _window.Moved(this, isSent: true);

    /// <summary>It waits, for a permit or before it tries again; nothing of it is under way meanwhile.</summary>
    public void Waits() => _window.Moved(this, isSent: false);

    /// <summary>Has something written in the row's order.</summary>
    public void Write(object output) => _window.Add(this, output, isAwaited: false);

    /// <summary>
    /// Has something written, and waits for that if the row is the one that is written now: back-pressure for whom is listened
    /// to. Pieces of a row that comes later are kept for it.
    /// </summary>
    public async Task WriteAsync(object output)
    {
        if (_window.Add(this, output, isAwaited: true) is { } written)
        {
            using CancellationTokenRegistration registration = CancellationToken.Register(() => written.TrySetCanceled());
            await written.Task.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// No row can succeed any more: no other is let in, those that have not been sent are cancelled, and <paramref
    /// name="last"/> comes after all that is still written.
    /// </summary>
    public void EndAll(object last) => _window.Stop(this, stops => stops.End(this, last));

    /// <summary>
    /// No row of its model can succeed any more: those that have not been sent, and those that are accepted later, are refused
    /// for the same reason.
    /// </summary>
    public void StopModel(object reason)
    {
        if (model is not null)
        {
            _window.Stop(this, stops => stops.StopModel(model, reason));
        }
    }

    /// <summary>Does the row's work. Throws nothing but for its cancellation.</summary>
    protected abstract Task RunAsync();

    /// <summary>Writes that it failed without having been sent.</summary>
    /// <param name="reason">What its model was stopped for.</param>
    protected abstract void Refuse(object reason);

    /// <summary>Runs it, or refuses it where its model was stopped before it sent anything.</summary>
    /// <returns>What nobody expected; null when there was nothing.</returns>
    internal async Task<ExceptionDispatchInfo?> RunToEndAsync()
    {
        try
        {
            if (_window.RefusalOf(this) is { } known)
            {
                Refuse(known);
            }
            else
            {
                await RunAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_window.RefusalOf(this) is { } reason)
        {
            Refuse(reason);
        }
        catch (OperationCanceledException) when (CancellationToken.IsCancellationRequested)
        {
            // A row that was not asked leaves nothing.
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }

        return null;
    }

    internal void Enter(RowWindow window, long number, CancellationToken stop)
    {
        (_window, Number) = (window, number);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        CancellationToken = _cancel.Token;
    }

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
