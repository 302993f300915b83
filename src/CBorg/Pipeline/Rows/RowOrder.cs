using System.Collections.Generic;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <summary>
/// The order in which rows are written: that of the input, or that in which they begin to have something to say. One row's
/// outputs stay together. Not thread-safe: <see cref="RowWindow"/> guards it.
/// </summary>
/// <param name="ordered">Whether it is the order of the input.</param>
internal sealed class RowOrder(bool ordered)
{
    private readonly Queue<Row> _rows = new();
    private long _written;

    /// <summary>How many rows have been accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>How many of them have not been written to their end.</summary>
    public long Held => Accepted - _written;

    public void Accept(Row row)
    {
        Accepted++;
        if (ordered)
        {
            Enqueue(row);
        }
    }

    /// <returns>What completes when it has been written, where the row is the one that is written now and that is awaited; else
    /// null.</returns>
    public TaskCompletionSource<bool>? Add(Row row, object value, bool isAwaited)
    {
        Enqueue(row);
        TaskCompletionSource<bool>? written =
            isAwaited && _rows.Peek() == row ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        row.Outputs.Enqueue(new RowOutput(value, written));
        return written;
    }

    /// <summary>A row says nothing more.</summary>
    public void Finish(Row row)
    {
        Enqueue(row);
        row.IsFinished = true;
    }

    /// <summary>The next thing to write; null when there is none now.</summary>
    public RowOutput? Take()
    {
        for (; _rows.Count > 0; _rows.Dequeue(), _written++)
        {
            Row first = _rows.Peek();
            if (first.Outputs.Count > 0)
            {
                return first.Outputs.Dequeue();
            }

            if (!first.IsFinished)
            {
                break;
            }
        }

        return null;
    }

    private void Enqueue(Row row)
    {
        if (!row.HasPlaceInOrder)
        {
            row.HasPlaceInOrder = true;
            _rows.Enqueue(row);
        }
    }
}
