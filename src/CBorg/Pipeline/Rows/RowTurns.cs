using System.Collections.Generic;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <summary>The order in which rows are written: that of the input, or that in which they begin to have something to say. One row's outputs stay together. Not thread-safe: <see cref="RowWindow{T}"/> guards it.</summary>
/// <param name="ordered">Whether it is the order of the input.</param>
internal sealed class RowTurns<T>(bool ordered)
{
    private readonly Queue<Row<T>> _turns = new();
    private long _accepted;
    private long _written;

    /// <summary>How many rows have been accepted.</summary>
    public long Accepted => _accepted;

    /// <summary>How many of them have not been written to their end.</summary>
    public long Held => _accepted - _written;

    public void Accept(Row<T> row)
    {
        _accepted++;
        if (ordered)
        {
            GiveTurn(row);
        }
    }

    /// <returns>What completes when it has been written, where it is the row's turn and that is awaited; else null.</returns>
    public TaskCompletionSource<bool>? Add(Row<T> row, T value, bool isAwaited)
    {
        GiveTurn(row);
        TaskCompletionSource<bool>? written = isAwaited && _turns.Peek() == row ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        row.Outputs.Enqueue(new RowOutput<T>(value, written));
        return written;
    }

    /// <summary>A row says nothing more.</summary>
    public void Finish(Row<T> row)
    {
        GiveTurn(row);
        row.IsFinished = true;
    }

    /// <summary>The next thing to write; null when there is none now.</summary>
    public RowOutput<T>? Take()
    {
        for (; _turns.Count > 0; _turns.Dequeue(), _written++)
        {
            Row<T> first = _turns.Peek();
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

    private void GiveTurn(Row<T> row)
    {
        if (!row.HasTurn)
        {
            row.HasTurn = true;
            _turns.Enqueue(row);
        }
    }
}
