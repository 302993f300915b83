using System;
using CBorg.Pipeline.Rows;

namespace CBorg.Pipeline;

/// <summary>What a user is told of rows while they are under way: messages that name the row, and how far they are.</summary>
/// <param name="cmdlet">Whose rows they are.</param>
/// <param name="pump">Where they are under way.</param>
/// <param name="tally">What has become of them.</param>
/// <param name="areNamed">Whether messages name their row.</param>
internal sealed class RowReports(ServiceCmdlet cmdlet, RowPump pump, RowTally tally, bool areNamed)
{
    /// <summary>Passes on what happens during a row's call, and takes note of whether it is out. For any thread.</summary>
    public Action<CallEvent> Tell(Row<object> row) => happened =>
    {
        switch (happened.Kind)
        {
            case CallEventKind.Sent:
                row.Goes();
                return;
            case CallEventKind.Completed:
                return;
            case CallEventKind.Waiting:
                row.Waits();
                tally.Waits(row.Number, happened.Message, happened.Delay);
                break;
            case CallEventKind.Resumed:
                row.Goes();
                tally.Resumes(row.Number);
                break;
        }

        pump.Thread.Post(() => Write(row.Number, happened));
    };

    /// <summary>Shows an answer that grows, as long as it is the only one. For any thread.</summary>
    public void ShowAnswer(string model, string status, string tail) => pump.Thread.Post(() =>
    {
        if (pump.Window.Accepted == 1)
        {
            cmdlet.Progress.Update(model, status, tail);
        }
    });

    /// <summary>Shows how far the rows are. For the pipeline thread.</summary>
    /// <param name="model">Whom they ask.</param>
    /// <param name="total">How many they are; null when nobody knows.</param>
    public void ShowRows(string model, long? total)
    {
        if (cmdlet.Progress.Due)
        {
            (int calls, int isOut) = pump.Window.Calls;
            RowState state = tally.State(total, calls - isOut);
            string? wait = isOut == 0 && calls > 0 ? tally.Wait : null;
            cmdlet.Progress.Update(model, room => RowStatus.Text(state, wait, room), state.Percent);
        }
    }

    private void Write(long row, CallEvent happened)
    {
        string message = areNamed ? $"Row {row}: {happened.Message}" : happened.Message;
        if (happened.Kind == CallEventKind.Warning)
        {
            cmdlet.WriteWarning(message);
            return;
        }

        cmdlet.WriteVerbose(message);
        if (happened.Kind == CallEventKind.Waiting && pump.Window.Accepted == 1)
        {
            cmdlet.Progress.Waiting(happened);
        }
    }
}
