using System;
using System.IO;
using System.Linq;
using CBorg.Core.Store;
using Xunit;

namespace CBorg.Core.Tests.Store;

public sealed class WriteAheadLogTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_log_beside_the_file_does_not_grow_for_ever()
    {
        using SharedCells cells = _folder.Cells();
        for (int i = 0; i < 1200; i++)
        {
            StoreFolder.Count(cells);
        }

        Assert.InRange(new FileInfo(_folder.File + "-wal").Length, 1, 2_500_000);
    }

    [Fact]
    public void Many_who_count_a_little_do_not_let_the_log_grow_either()
    {
        // Left open, as at the end of a process: who closes the file last writes the log back.
        SharedCells[] all = [.. Enumerable.Range(0, 20).Select(_ => _folder.Cells())];
        foreach (SharedCells cells in all)
        {
            for (int i = 0; i < 20; i++)
            {
                StoreFolder.Count(cells);
            }
        }

        Assert.InRange(new FileInfo(_folder.File + "-wal").Length, 1, 600_000);
        Array.ForEach(all, cells => cells.Dispose());
    }
}
