using System;
using System.IO;
using System.Threading.Tasks;
using CBorg.Core.Store;

namespace CBorg.Core.Tests.Store;

/// <summary>A home of its own for a test, and what tests do with a counter in it.</summary>
internal sealed class StoreFolder : IDisposable
{
    public const string Counter = "counter";

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("cborg-store-");

    public string Path => System.IO.Path.Combine(_parent.FullName, "home");

    public string File => System.IO.Path.Combine(Path, SharedCells.FileName);

    public SharedCells Cells(TimeSpan? lockTimeout = null) => new(Path, lockTimeout);

    /// <summary>Adds one to the counter.</summary>
    /// <returns>What it is then.</returns>
    public static long Count(SharedCells cells)
    {
        long next = 0;
        cells.Cell(Counter).Update(value => BitConverter.GetBytes(next = (value is null ? 0 : BitConverter.ToInt64(value)) + 1));
        return next;
    }

    /// <returns>What the counter is; 0 when it was never counted.</returns>
    public static long Counted(SharedCells cells) => cells.Cell(Counter).Read() is { } value ? BitConverter.ToInt64(value) : 0;

    /// <summary>A transaction that nobody ends before <paramref name="release"/> is done.</summary>
    public static Task Hold(SharedCells cells, TaskCompletionSource inside, Task release) =>
        Task.Run(() =>
            cells
                .Cell(Counter)
                .Update(value =>
                {
                    inside.SetResult();
                    release.Wait();
                    return null;
                })
        );

    public void Dispose() => _parent.Delete(recursive: true);
}
