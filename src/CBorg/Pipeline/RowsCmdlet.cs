using System;
using System.Diagnostics;
using System.Management.Automation;
using CBorg.Pipeline.Rows;

namespace CBorg.Pipeline;

/// <summary>
/// A cmdlet that asks for many rows at the same time, writes their results in order, and holds a bounded number of them.
/// </summary>
public abstract class RowsCmdlet : ServiceCmdlet
{
    private readonly IdleWait _idle;
    private string _model = "";
    private long _inputs;
    private bool _isEnd;
    private bool _endsAtErrors;

    /// <summary>A cmdlet that has seen no row.</summary>
    protected RowsCmdlet()
    {
        Stopwatch clock = Stopwatch.StartNew();
        _idle = new IdleWait(() => clock.Elapsed);
    }

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

    internal override bool ShowsCalls => Pump.Window.Accepted == 1;

    internal override bool NamesRows => IsPipeline;

    /// <summary>Whether rows come through a pipeline: each of them then has its whole time once it may go.</summary>
    private protected bool IsPipeline => MyInvocation.ExpectingInput;

    /// <summary>Whether somebody wants to see how far the rows are.</summary>
    private protected virtual bool ShowsRows => true;

    private protected override bool IsOrdered => !Unordered;

    /// <summary>Takes an input, bound to the parameters: starts its rows.</summary>
    private protected abstract void TakeInput();

    /// <summary>Starts what is left when there is no more input.</summary>
    private protected virtual void TakeRest() { }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        object? action = MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object given)
            ? given
            : SessionState.PSVariable.GetValue("ErrorActionPreference");
        _endsAtErrors = action?.ToString() == nameof(ActionPreference.Stop);
        _idle.Leave();
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() =>
        Guard(() =>
        {
            _idle.Arrive();
            TakeInput();
            Pump.RunUntil(() => HasRoom() && (_idle.Left <= TimeSpan.Zero || Pump.Window.IsEmpty), () => _idle.Left);
            _idle.Leave();
        });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() =>
        Guard(() =>
        {
            TakeRest();
            _isEnd = true;
            Pump.RunUntil(() => Pump.Window.IsEmpty);
            Bar.Complete();
        });

    /// <summary>Starts a row, and serves until there is room for more.</summary>
    private protected void Start(RowSession row)
    {
        _model = row.Model ?? "";
        _inputs += row.Inputs.Count;
        Pump.Window.Accept(row);
        Pump.RunUntil(HasRoom);
    }

    private protected override void Report()
    {
        if (_inputs > 1 && ShowsRows)
        {
            Reports.ShowRows(_model, _isEnd ? _inputs : TotalCount);
        }
    }

    /// <summary>
    /// How many fit is asked anew each time: limits become known as calls end. As many again are read ahead, so that a free
    /// permit need not wait for the pipeline; but whoever has one asked after the other, or ends at errors, wants to know how a
    /// row ended before he asks for the next. A failure that will end the pipeline once it is written is followed by no new row.
    /// </summary>
    private bool HasRoom()
    {
        int calls = ThrottleLimit ?? Math.Max(1, Client.ParallelCalls(_model));
        bool hasRoom = Pump.Window.HasRoom(calls, ahead: calls == 1 || _endsAtErrors ? 0 : calls);
        return hasRoom && !(_endsAtErrors && Reports.UnwrittenFailures > 0);
    }
}
