using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Errors;
using CBorg.Pipeline.Progress;

namespace CBorg.Pipeline;

/// <summary>
/// A cmdlet whose work runs on the pool, while the pipeline thread writes. However it ends (Ctrl+C, Select-Object -First, an
/// error further down the pipeline), the work is cancelled and awaited here: PowerShell calls StopProcessing for the first of
/// these only.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private PipelinePump? _pump;
    private CallReports? _reports;
    private ProgressBar? _bar;

    /// <summary>The bar of this cmdlet.</summary>
    internal ProgressBar Bar => _bar ??= new ProgressBar(this);

    /// <summary>Whether the bar shows what a single call does.</summary>
    internal virtual bool ShowsCalls => true;

    /// <summary>Whether messages name their row.</summary>
    internal virtual bool NamesRows => false;

    /// <summary>Where rows are under way; made for the first of them.</summary>
    private protected PipelinePump Pump => _pump ??= new PipelinePump(IsOrdered, WriteOutput, End, Report, _stop.Token);

    /// <summary>What users are told.</summary>
    private protected CallReports Reports => _reports ??= new CallReports(this, Pump);

    /// <summary>Whether outputs come in the order of the input.</summary>
    private protected virtual bool IsOrdered => true;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Of an error further up the pipeline nothing else tells.
            _pump?.ShutDown();
            _pump?.Dispose();
            _pump = null;
            _stop.Dispose();
        }
    }

    /// <summary>Does the work for one input, and serves until it has ended.</summary>
    /// <param name="input">What an error names as its target.</param>
    /// <param name="work">Makes the calls and writes results.</param>
    private protected void Run(object? input, Func<RowSession, Task> work) =>
        Guard(() =>
        {
            Pump.Window.Accept(new RowSession(Reports, null, [input], work));
            Pump.RunUntil(() => Pump.Window.IsEmpty);
            Bar.Complete();
        });

    /// <summary>
    /// Makes a request on the pipeline thread. One that cannot be made fails its row in its order, like any other failure.
    /// </summary>
    private protected static Func<RowSession, Task> Asking<T>(Func<T> request, Func<RowSession, T, Task> work)
    {
        try
        {
            T made = request();
            return row => work(row, made);
        }
        catch (CBorgException unclear)
        {
            return _ => Task.FromException(unclear);
        }
    }

    /// <summary>Serves, and leaves nothing behind where that ends early.</summary>
    private protected void Guard(Action serve)
    {
        try
        {
            serve();
        }
        catch (Exception e)
        {
            _pump?.ShutDown();
            TakeBarAway();
            if (e is OperationCanceledException && _stop.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            throw;
        }
    }

    /// <summary>Writes a result.</summary>
    private protected virtual void Write(object result) => WriteObject(result);

    /// <summary>Shows how far it is; called often.</summary>
    private protected virtual void Report() { }

    private void WriteOutput(object output)
    {
        if (output is not RowFailure failure)
        {
            Write(output);
            return;
        }

        Reports.WroteFailure();
        if (ShowsCalls)
        {
            Bar.Complete();
        }

        WriteError(ErrorRecords.From(failure.Reason, failure.Input));
    }

    private void End(object last)
    {
        RowFailure failure = (RowFailure)last;
        Bar.Complete();
        ThrowTerminatingError(ErrorRecords.From(failure.Reason, failure.Input));
    }

    private void TakeBarAway()
    {
        try
        {
            _bar?.Complete();
        }
        catch (PipelineStoppedException)
        {
            // After Ctrl+C nothing can be written any more; the host takes the bar away itself.
        }
    }
}
