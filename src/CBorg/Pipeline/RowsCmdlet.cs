using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Errors;
using CBorg.Pipeline.Rows;

namespace CBorg.Pipeline;

/// <summary>A cmdlet that asks for many rows at the same time, writes their results in order, and holds a bounded number of them.</summary>
public abstract class RowsCmdlet : ServiceCmdlet
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private RowPump _pump = null!;
    private RowTally _tally = null!;
    private RowLinger _linger = null!;
    private RowReports _reports = null!;
    private string _model = "";
    private long _rows;
    private bool _isEnd;
    private bool _endsAtErrors;
    private int _endings;

    /// <summary>The most calls under way at once. Without it, as many as the service's limits let through.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int? ThrottleLimit { get; set; }

    /// <summary>Writes results as they finish.</summary>
    [Parameter]
    public SwitchParameter Unordered { get; set; }

    /// <summary>How many rows will come, for the progress bar only.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? TotalCount { get; set; }

    /// <summary>Whether rows come through a pipeline: each of them then has its whole time once it may go.</summary>
    private protected bool IsPipeline => MyInvocation.ExpectingInput;

    /// <summary>Whether somebody wants to see how far the rows are.</summary>
    private protected virtual bool ShowsRows => true;

    /// <summary>What users are told.</summary>
    private protected RowReports Reports => _reports;

    /// <summary>What has become of the rows: whoever works on one tells it here.</summary>
    private protected RowTally Tally => _tally;

    /// <summary>Takes an input, bound to the parameters: starts its rows.</summary>
    private protected abstract void TakeInput();

    /// <summary>Starts what is left when there is no more input.</summary>
    private protected virtual void TakeRest()
    {
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        object? action = MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object given) ? given : SessionState.PSVariable.GetValue("ErrorActionPreference");
        _endsAtErrors = action?.ToString() == nameof(ActionPreference.Stop);
        _tally = new RowTally(() => _clock.Elapsed);
        _linger = new RowLinger(() => _clock.Elapsed);
        _pump = new RowPump(!Unordered, Write, End, Look, Stopped);
        _reports = new RowReports(this, _pump, _tally, IsPipeline);
    }

    /// <summary>Starts work that stands for some rows, and serves until there is room for more.</summary>
    /// <param name="model">Whom it asks.</param>
    /// <param name="rows">How many rows it stands for.</param>
    /// <param name="work">Writes by its row; cancellation is the only thing it throws.</param>
    private protected void Start(string model, int rows, Func<Row<object>, Task> work)
    {
        _model = model;
        _rows += rows;
        _pump.Window.Accept(work);
        _pump.Serve(HasRoom, () => TimeSpan.MaxValue);
    }

    /// <summary>Fails the rows of a piece of work. What ends everything (key, budget, no connection) lets no other row in and ends the pipeline once what is paid has been written.</summary>
    private protected void Fail(Row<object> row, CBorgException reason, IReadOnlyList<object?> inputs)
    {
        _tally.Ended(succeeded: false, inputs.Count);
        _tally.Resumes(row.Number);
        if (ErrorRecords.EndsEverything(reason))
        {
            row.EndAll(new RowFailure(reason, inputs.Count == 1 ? inputs[0] : inputs.ToArray()));
            return;
        }

        foreach (object? input in inputs)
        {
            Interlocked.Add(ref _endings, _endsAtErrors ? 1 : 0);
            row.Write(new RowFailure(reason, input));
        }
    }

    private protected sealed override void Input() => Guard(() =>
    {
        _linger.Arrive();
        TakeInput();
        _pump.Serve(() => HasRoom() && (_linger.Left <= TimeSpan.Zero || _pump.Window.IsEmpty), () => _linger.Left);
        _linger.Leave();
    });

    private protected sealed override void InputEnded() => Guard(() =>
    {
        TakeRest();
        _isEnd = true;
        _pump.Serve(() => _pump.Window.IsEmpty, () => TimeSpan.MaxValue);
        Progress.Complete();
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _pump is not null)
        {
            // Of an error further up the pipeline nothing else tells.
            _pump.Abort(LongestGoodbye);
            _pump.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Guard(Action serve)
    {
        try
        {
            serve();
        }
        catch (Exception e)
        {
            _pump.Abort(LongestGoodbye);
            CleanUp();
            if (e is OperationCanceledException && Stopped.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            throw;
        }
    }

    /// <summary>
    /// How many fit is asked anew each time: limits become known as calls end. As many again are read ahead, so that a free place need not wait for the pipeline; but whoever has one asked after the
    /// other, or ends at errors, wants to know how a row ended before he asks for the next. A failure that will end the pipeline in its turn is followed by no new row.
    /// </summary>
    private bool HasRoom()
    {
        int places = ThrottleLimit ?? Math.Max(1, Client.ParallelCalls(_model));
        return _pump.Window.HasRoom(places, ahead: places == 1 || _endsAtErrors ? 0 : places) && Volatile.Read(ref _endings) == 0;
    }

    private void Write(object output)
    {
        if (output is RowFailure failure)
        {
            WriteError(ErrorRecords.From(failure.Reason, failure.Input));
            Interlocked.Add(ref _endings, _endsAtErrors ? -1 : 0);
        }
        else
        {
            WriteObject(output);
        }
    }

    private void End(object last)
    {
        RowFailure failure = (RowFailure)last;
        ThrowTerminatingError(ErrorRecords.From(failure.Reason, failure.Input));
    }

    private void Look()
    {
        if (_rows > 1 && ShowsRows)
        {
            _reports.ShowRows(_model, _isEnd ? _rows : TotalCount);
        }
    }
}
