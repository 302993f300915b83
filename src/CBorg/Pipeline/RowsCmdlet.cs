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
    private RowPump? _pump;
    private RowTally _tally = null!;
    private RowLinger _linger = null!;
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

    private RowPump Pump => _pump!;

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
        _pump = new RowPump(!Unordered, Write, failure => ThrowTerminatingError(Record(failure)), ShowRows, Stopped);
    }

    /// <summary>Starts work that stands for some rows, and serves until there is room for more.</summary>
    /// <param name="model">Whom it asks.</param>
    /// <param name="rows">How many rows it stands for.</param>
    /// <param name="work">Writes by its row; cancellation is the only thing it throws.</param>
    private protected void Start(string model, int rows, Func<Row<object>, Task> work)
    {
        _model = model;
        _rows += rows;
        Pump.Start(work);
        Pump.Serve(HasRoom, () => TimeSpan.MaxValue);
    }

    /// <summary>Rows are done; what they cost is told by <see cref="Paid"/>.</summary>
    private protected void Succeeded(int rows = 1) => _tally.Ended(succeeded: true, rows);

    /// <summary>What a row cost in USD; null when nobody knows.</summary>
    private protected void Paid(decimal? cost) => _tally.Costs(cost);

    /// <summary>Fails the rows of a piece of work. What ends everything (key, budget, no connection) lets no other row in and ends the pipeline once what is paid has been written.</summary>
    private protected void Failed(Row<object> row, CBorgException reason, IReadOnlyList<object?> inputs)
    {
        _tally.Ended(succeeded: false, inputs.Count);
        if (ErrorRecords.EndsEverything(reason.Kind))
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

    /// <summary>Passes on what happens during a row's call, and takes note of whether it is out.</summary>
    private protected Action<CallEvent> Tell(Row<object> row) => happened =>
    {
        switch (happened.Kind)
        {
            case CallEventKind.Sent:
                row.Goes();
                return;
            case CallEventKind.Waiting:
                row.Waits();
                _tally.Waits(row.Number, happened.Message);
                break;
            case CallEventKind.Resumed:
                row.Goes();
                _tally.Resumes(row.Number);
                break;
        }

        Pump.Thread.Post(() => Report(row.Number, happened));
    };

    /// <summary>Shows an answer that grows, as long as it is the only one.</summary>
    private protected void ShowAnswer(string model, string status, string tail) => Pump.Thread.Post(() =>
    {
        if (Pump.Window.Started == 1)
        {
            Progress.Update(model, status, tail);
        }
    });

    private protected sealed override void Input() => Guard(() =>
    {
        _linger.Arrive();
        TakeInput();
        Pump.Serve(() => HasRoom() && (_linger.Left <= TimeSpan.Zero || Pump.Window.IsEmpty), () => _linger.Left);
        _linger.Leave();
    });

    private protected sealed override void InputEnded() => Guard(() =>
    {
        TakeRest();
        _isEnd = true;
        Pump.Serve(() => Pump.Window.IsEmpty, () => TimeSpan.MaxValue);
        Progress.Complete();
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _pump is not null)
        {
            // An error further up the pipeline calls nothing else.
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
            Pump.Abort(LongestGoodbye);
            CleanUp();
            if (e is OperationCanceledException && Stopped.IsCancellationRequested)
            {
                throw new PipelineStoppedException();
            }

            throw;
        }
    }

    /// <summary>A failure that will end the pipeline in its turn is followed by no new row. How many fit is asked anew each time: limits become known as calls end.</summary>
    private bool HasRoom() => Volatile.Read(ref _endings) == 0 && Pump.Window.HasRoom(ThrottleLimit ?? Math.Max(1, Client.ParallelCalls(_model)));

    private void Write(object output)
    {
        if (output is RowFailure)
        {
            WriteError(Record(output));
            Interlocked.Add(ref _endings, _endsAtErrors ? -1 : 0);
        }
        else
        {
            WriteObject(output);
        }
    }

    private static ErrorRecord Record(object failure) => failure is RowFailure { Reason: var reason, Input: var input } ? ErrorRecords.From(reason, input) : throw new InvalidOperationException();

    private void Report(long row, CallEvent happened)
    {
        string message = IsPipeline ? $"Row {row}: {happened.Message}" : happened.Message;
        if (happened.Kind == CallEventKind.Warning)
        {
            WriteWarning(message);
            return;
        }

        WriteVerbose(message);
        if (happened.Kind == CallEventKind.Waiting && Pump.Window.Started == 1)
        {
            Progress.Waiting(happened);
        }
    }

    private void ShowRows()
    {
        if (_rows > 1 && ShowsRows && Progress.Due)
        {
            (int underWay, int isOut) = Pump.Window.Calls;
            RowState state = _tally.State(_isEnd ? _rows : TotalCount, underWay - isOut);
            string? reason = isOut == 0 && underWay > 0 ? _tally.Reason : null;
            Progress.Update(_model, room => RowStatus.Text(state, reason, room), state.Percent);
        }
    }
}
