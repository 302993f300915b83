using System;
using System.Diagnostics;
using System.Threading;
using CBorg.Pipeline.Progress;
using CBorg.Pipeline.Rows;

namespace CBorg.Pipeline;

/// <summary>What a user is told of calls while they are under way: messages, and what the progress bar shows.</summary>
/// <param name="cmdlet">Whose calls they are.</param>
/// <param name="pump">Has it said on the pipeline thread.</param>
internal sealed class CallReports(AsyncCmdlet cmdlet, PipelinePump pump)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private RowStatistics? _statistics;
    private int _unwrittenFailures;

    /// <summary>How many failures wait to be written. For any thread.</summary>
    public int UnwrittenFailures => Volatile.Read(ref _unwrittenFailures);

    private RowStatistics Statistics => _statistics ??= new RowStatistics(() => _clock.Elapsed);

    /// <summary>An input has failed. For any thread.</summary>
    public void Failed() => Interlocked.Increment(ref _unwrittenFailures);

    /// <summary>A failure has been written, or is about to be.</summary>
    public void WroteFailure() => Interlocked.Decrement(ref _unwrittenFailures);

    /// <summary>Tells what happens during a row's call. For any thread.</summary>
    public void Happened(RowSession row, CallEvent happened)
    {
        TimeSpan? until = _clock.Elapsed + happened.Delay;
        pump.Post(() => Tell(row, happened, until));
    }

    /// <summary>Tells that a row has ended. For any thread.</summary>
    /// <param name="row">Which.</param>
    /// <param name="failed">How many of its inputs have failed.</param>
    public void Ended(RowSession row, int failed)
    {
        TimeSpan at = _clock.Elapsed;
        pump.Post(() => Statistics.End(row.Number, row.Inputs.Count - failed, failed, at));
    }

    /// <summary>Shows an answer that grows. For any thread.</summary>
    public void ShowAnswer(string model, string status, string tail) =>
        pump.Post(() =>
        {
            if (cmdlet.ShowsCalls)
            {
                cmdlet.Bar.Update(model, status, tail);
            }
        });

    /// <summary>Shows how far the rows are. For the pipeline thread.</summary>
    /// <param name="model">Whom they ask.</param>
    /// <param name="total">How many they are; null when nobody knows.</param>
    public void ShowRows(string model, long? total)
    {
        if (cmdlet.Bar.IsDue)
        {
            (int calls, int sent) = pump.Window.Calls;
            Statistics.Total = total;
            Statistics.Waiting = calls - sent;
            string? wait = sent == 0 && calls > 0 ? Statistics.Wait : null;
            cmdlet.Bar.Update(model, room => RowLine.Text(Statistics, wait, room), Statistics.Percent);
        }
    }

    private void Tell(RowSession row, CallEvent happened, TimeSpan? until)
    {
        switch (happened.Kind)
        {
            case CallEventKind.Sent:
                return;
            case CallEventKind.Warning:
                cmdlet.WriteWarning(Named(row, happened.Message));
                return;
            case CallEventKind.Completed when happened.Record is { } record:
                Pay(record);
                cmdlet.WriteVerbose(Named(row, CallText.Of(record)));
                return;
            case CallEventKind.Waiting:
                Statistics.Waits(row.Number, happened.Message, until);
                break;
            case CallEventKind.Resumed:
                Statistics.Resumes(row.Number);
                break;
        }

        cmdlet.WriteVerbose(Named(row, happened.Message));
        if (happened.Kind == CallEventKind.Waiting && cmdlet.ShowsCalls)
        {
            cmdlet.Bar.Waiting(happened);
        }
    }

    /// <summary>
    /// An answer costs something, a whole one or one that broke off; a call that was given up costs at least its estimate.
    /// </summary>
    private void Pay(CallRecord record)
    {
        bool isAnswer = record.Outcome == CallOutcome.Succeeded || record.Failure is CBorgStreamException;
        if (record.Model is not null && (isAnswer || record.Cost is not null))
        {
            Statistics.Costs(record.Cost);
        }

        if (record.Cost is null && record.EstimatedCost is { } least)
        {
            Statistics.Costs(least);
            Statistics.Costs(null);
        }
    }

    private string Named(RowSession row, string message) =>
        VisibleText.Of(cmdlet.NamesRows ? FormattableString.Invariant($"Row {row.Number}: {message}") : message);
}
