using System;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <content>What rows do to their window, on any thread.</content>
internal sealed partial class RowWindow
{
    internal void Moved(Row row, bool isSent)
    {
        bool isTooLate;
        lock (_gate)
        {
            row.IsSent = isSent;
            isTooLate = _stops.Stops(row);
        }

        if (isTooLate)
        {
            row.Cancel();
        }
    }

    /// <inheritdoc cref="RowOrder.Add"/>
    internal TaskCompletionSource<bool>? Add(Row row, object value, bool isAwaited)
    {
        TaskCompletionSource<bool>? written;
        lock (_gate)
        {
            written = _order.Add(row, value, isAwaited);
        }

        _changed();
        return written;
    }

    /// <summary>
    /// Ends everything or the rows of a model: of those concerned, the ones that have sent nothing are cancelled.
    /// </summary>
    internal void Stop(Row cause, Action<RowStops> how)
    {
        Row[] unsent;
        lock (_gate)
        {
            how(_stops);
            unsent = [.. _rows.Unsent.Where(row => row != cause && _stops.Stops(row))];
            DropReadyIfClosed();
        }

        Array.ForEach(unsent, row => row.Cancel());
    }

    internal object? RefusalOf(Row row) => Locked(() => _stops.RefusalOf(row));

    private async Task RunAsync(Row row)
    {
        ExceptionDispatchInfo? broken = await row.RunToEndAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _rows.Remove(row);
            _order.Finish(row);
            if (broken is not null)
            {
                _broken ??= broken;
                _stops.Close();
            }

            DropReadyIfClosed();
            StartReady();
            Monitor.PulseAll(_gate);
        }

        // Not under the lock: it waits for a cancellation that may be on its way through rows.
        row.Finish();
        _changed();
    }
}
