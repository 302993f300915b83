using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <summary>
/// Starts rows one after the other on the pool, each up to its first wait, so that they queue for permits in their order.
/// </summary>
/// <param name="run">Runs a row to its end; must not throw.</param>
internal sealed class RowStarter(Func<Row, Task> run)
{
    private readonly object _gate = new();
    private readonly Queue<Row> _rows = new();
    private bool _isAtWork;

    public void Start(Row row)
    {
        lock (_gate)
        {
            _rows.Enqueue(row);
            if (_isAtWork)
            {
                return;
            }

            _isAtWork = true;
        }

        _ = Task.Run(StartAll);
    }

    private void StartAll()
    {
        while (Next() is { } row)
        {
            _ = run(row);
        }
    }

    private Row? Next()
    {
        lock (_gate)
        {
            _isAtWork = _rows.Count > 0;
            return _isAtWork ? _rows.Dequeue() : null;
        }
    }
}
