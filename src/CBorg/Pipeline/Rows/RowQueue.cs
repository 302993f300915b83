using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace CBorg.Pipeline.Rows;

/// <summary>The rows that wait to be started and those under way. Not thread-safe: <see cref="RowWindow"/> guards it.</summary>
/// <param name="run">Runs a row to its end, and tells when that is; must not throw.</param>
internal sealed class RowQueue(Func<Row, Task> run)
{
    private readonly RowStarter _starter = new(run);
    private readonly Queue<Row> _ready = new();
    private readonly HashSet<Row> _underWay = [];

    /// <summary>The most rows under way.</summary>
    public int Limit { get; set; } = 1;

    /// <summary>How many there are of both.</summary>
    public int Count => _ready.Count + _underWay.Count;

    public bool IsAnyUnderWay => _underWay.Count > 0;

    /// <summary>For how many a request has been sent.</summary>
    public int Sent => _underWay.Count(row => row.IsSent);

    public void Add(Row row) => _ready.Enqueue(row);

    /// <summary>Starts what is ready, as far as the limit goes.</summary>
    public void Start()
    {
        while (_ready.Count > 0 && _underWay.Count < Limit)
        {
            Row row = _ready.Dequeue();
            _underWay.Add(row);
            _starter.Start(row);
        }
    }

    public void Remove(Row row) => _underWay.Remove(row);

    /// <summary>The rows under way that have sent nothing.</summary>
    public IEnumerable<Row> Unsent => _underWay.Where(row => !row.IsSent);

    /// <summary>Takes all rows that were not started.</summary>
    public IReadOnlyList<Row> TakeReady()
    {
        Row[] rows = [.. _ready];
        _ready.Clear();
        return rows;
    }
}
