using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Errors;
using CBorg.Module;

namespace CBorg.Pipeline;

/// <summary>A cmdlet that talks to the service: it has a client, tells of waits and retries, and turns failures into error records.</summary>
public abstract class ServiceCmdlet : AsyncCmdlet
{
    private ProgressLine? _progress;

    /// <summary>The client of this runspace's connection.</summary>
    internal ICBorgClient Client { get; private set; } = null!;

    /// <summary>The bar of this cmdlet.</summary>
    internal ProgressLine Progress => _progress ??= new ProgressLine(this);

    /// <summary>The model of the connection, of $env:CBORG_MODEL, or the given one.</summary>
    internal string ModelOr(string? asked, string fallback) =>
        !string.IsNullOrEmpty(asked) ? asked!
        : Client.Connection.DefaultModel is { Length: > 0 } chosen ? chosen
        : Environment.GetEnvironmentVariable("CBORG_MODEL") is { Length: > 0 } everywhere ? everywhere
        : fallback;

    /// <summary>Seconds of a -TimeoutSec parameter; null when it was not given.</summary>
    internal static TimeSpan? Seconds(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            Client = ConnectionState.Current.Client;
        }
        catch (CBorgException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, null));
        }
    }

    /// <summary>Runs the work for one input. What ends everything (key, budget, no connection) ends the pipeline; all else fails this input and lets the next one come.</summary>
    internal async Task ForInputAsync(PipelineThread pipeline, object? input, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (CBorgException e)
        {
            ErrorRecord record = ErrorRecords.From(e, input);
            await pipeline.Call(() =>
            {
                Progress.Complete();
                if (ErrorRecords.EndsEverything(e))
                {
                    ThrowTerminatingError(record);
                }

                WriteError(record);
            }).ConfigureAwait(false);
        }
        finally
        {
            pipeline.Post(Progress.Complete);
        }
    }

    private protected override void CleanUp()
    {
        try
        {
            Progress.Complete();
        }
        catch (PipelineStoppedException)
        {
            // After Ctrl+C nothing can be written any more; the host takes the bar away itself.
        }
    }

    /// <summary>Passes on what happens during a call.</summary>
    internal Action<CallEvent> Tell(PipelineThread pipeline) => happened => pipeline.Post(() =>
    {
        switch (happened.Kind)
        {
            case CallEventKind.Warning:
                WriteWarning(happened.Message);
                break;
            case CallEventKind.Sent or CallEventKind.Completed:
                break;
            case CallEventKind.Waiting:
                WriteVerbose(happened.Message);
                Progress.Waiting(happened);
                break;
            default:
                WriteVerbose(happened.Message);
                break;
        }
    });

    internal Task WriteAsync(PipelineThread pipeline, object result) => pipeline.Call(() => WriteObject(result));
}
