using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Errors;

namespace CBorg.Pipeline;

/// <summary>
/// A cmdlet whose work is asynchronous. The work runs on the pool; the pipeline thread serves its mail until it ends. However the cmdlet ends (Ctrl+C, Select-Object -First, an error further down the
/// pipeline), the work is cancelled and awaited here: PowerShell calls StopProcessing for the first of these only.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan s_longestGoodbye = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentDictionary<(Type Command, string Step), bool> s_overrides = new();

    private readonly CancellationTokenSource _stop = new();

    /// <summary>Called for each input.</summary>
    internal virtual Task ProcessAsync(PipelineThread pipeline, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called once, after the last input, unless the pipeline was stopped.</summary>
    internal virtual Task EndAsync(PipelineThread pipeline, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Input();

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => InputEnded();

    /// <summary>Handles an input on the pipeline thread.</summary>
    private protected virtual void Input()
    {
        if (Overrides(nameof(ProcessAsync)))
        {
            Pump(ProcessAsync);
        }
    }

    /// <summary>Handles the end of the input on the pipeline thread.</summary>
    private protected virtual void InputEnded()
    {
        if (Overrides(nameof(EndAsync)))
        {
            Pump(EndAsync);
        }
    }

    /// <summary>How long is waited for work that was cancelled.</summary>
    private protected static TimeSpan LongestGoodbye => s_longestGoodbye;

    /// <summary>Ctrl+C.</summary>
    private protected CancellationToken Stopped => _stop.Token;

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Whether there is a step to run at all: a pump that has nothing to do still costs.</summary>
    private bool Overrides(string step) => s_overrides.GetOrAdd(
        (GetType(), step),
        key => key.Command.GetMethod(key.Step, BindingFlags.Instance | BindingFlags.NonPublic)!.DeclaringType != typeof(AsyncCmdlet));

    private void Pump(Func<PipelineThread, CancellationToken, Task> step)
    {
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using BlockingCollection<Action> mail = [];
        PipelineThread pipeline = new(mail, cancel.Token);
        Task work = Task.Run(() => step(pipeline, cancel.Token));
        _ = work.ContinueWith(_ => CompleteAdding(mail), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            foreach (Action action in mail.GetConsumingEnumerable())
            {
                action();
            }
        }
        catch
        {
            cancel.Cancel();
            WaitQuietly(work);
            CleanUp();
            throw;
        }

        Finish(work);
    }

    /// <summary>Called on the pipeline thread when the cmdlet ends before its work does; the work has ended by then.</summary>
    private protected virtual void CleanUp()
    {
    }

    private void Finish(Task work)
    {
        try
        {
            work.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (CBorgException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, null));
        }
    }

    private static void CompleteAdding(BlockingCollection<Action> mail)
    {
        try
        {
            mail.CompleteAdding();
        }
        catch (ObjectDisposedException)
        {
            // The pipeline thread did not wait for work that would not end.
        }
    }

    private static void WaitQuietly(Task work)
    {
        try
        {
            work.Wait(s_longestGoodbye);
        }
        catch (AggregateException)
        {
            // Why the work ended does not matter any more: the pipeline already has its reason.
        }

        _ = work.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }
}
