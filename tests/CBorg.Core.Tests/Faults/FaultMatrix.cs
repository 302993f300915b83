using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Faults;

/// <summary>Every fault of the table with every kind of call.</summary>
internal sealed class FaultMatrix
{
    private FaultMatrix(IReadOnlyList<MatrixCell> cells) => Cells = cells;

    public IReadOnlyList<MatrixCell> Cells { get; }

    /// <summary>Kinds of calls run beside each other, each with an emulator of its own.</summary>
    public static async Task<FaultMatrix> RunAsync() =>
        new([
            .. (
                await Task.WhenAll(Operation.All.Select(operation => Task.Run(() => ColumnAsync(operation))))
                    .ConfigureAwait(false)
            ).SelectMany(cells => cells),
        ]);

    private static async Task<List<MatrixCell>> ColumnAsync(Operation operation)
    {
        await using MatrixColumn column = await MatrixColumn.StartAsync(operation).ConfigureAwait(false);
        List<MatrixCell> cells = [];
        foreach (FaultRow row in FaultTable.Rows.Where(row => operation.IsStreamed || !row.OfStreamsOnly))
        {
            try
            {
                Found once = await column.RunAsync(row, forGood: false).ConfigureAwait(false);
                cells.Add(
                    new MatrixCell(
                        row,
                        operation,
                        column.Usual,
                        once,
                        await column.RunAsync(row, forGood: true).ConfigureAwait(false)
                    )
                );
            }
            catch (System.TimeoutException e)
            {
                throw new System.TimeoutException($"{operation.Name}, {row.Script}: it hangs.", e);
            }
        }

        return cells;
    }
}
