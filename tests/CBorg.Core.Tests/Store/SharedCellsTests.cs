using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Store;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Store;

public sealed class SharedCellsTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_made_before_a_value_is_asked_for()
    {
        using SharedCells cells = _folder.Cells();
        cells.Cell("a");

        Assert.False(Directory.Exists(_folder.Path));
    }

    [Fact]
    public void What_one_leaves_the_next_one_sees()
    {
        using SharedCells one = _folder.Cells();
        using SharedCells other = _folder.Cells();

        Assert.Null(Swap(one, "a", [1, 2]));
        Assert.Equal([1, 2], Swap(other, "a", [3])!);
        Assert.Equal([3], Swap(one, "a", null)!);
        Assert.Equal([3], Swap(one, "a", null)!);
        Assert.Null(Swap(one, "b", null));
    }

    [Fact]
    public void No_bytes_are_a_value_and_big_ones_are_whole()
    {
        using SharedCells cells = _folder.Cells();
        byte[] big = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

        Swap(cells, "none", []);
        Swap(cells, "big", big);

        Assert.Equal([], Swap(cells, "none", null)!);
        Assert.Equal(big, Swap(cells, "big", null)!);
    }

    [Fact]
    public void A_change_that_fails_leaves_the_old_value_and_the_way_free()
    {
        using SharedCells one = _folder.Cells();
        using SharedCells other = _folder.Cells();
        StoreFolder.Count(one);

        Assert.Throws<IOException>(() => one.Cell(StoreFolder.Counter).Update(_ => throw new IOException("the caller's own")));

        Assert.Equal(2, StoreFolder.Count(other));
    }

    [Fact]
    public void A_change_inside_a_change_is_refused_and_harms_nothing()
    {
        using SharedCells cells = _folder.Cells();

        Assert.Throws<InvalidOperationException>(() =>
            cells.Cell("a").Update(_ => BitConverter.GetBytes(StoreFolder.Count(cells)))
        );

        Assert.Equal(1, StoreFolder.Count(cells));
    }

    [Fact]
    public async Task No_count_of_many_threads_is_lost()
    {
        using SharedCells cells = _folder.Cells(lockTimeout: TimeSpan.FromSeconds(60));

        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        for (int i = 0; i < 100; i++)
                        {
                            StoreFolder.Count(cells);
                        }
                    })
                )
        );

        Assert.Equal(1600, StoreFolder.Counted(cells));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_waits_too_long_is_told_and_can_come_again(bool inTheSameProcess)
    {
        using SharedCells holding = _folder.Cells(lockTimeout: TimeSpan.FromMilliseconds(20));
        using SharedCells another = _folder.Cells(lockTimeout: TimeSpan.FromMilliseconds(20));
        SharedCells waiting = inTheSameProcess ? holding : another;
        StoreFolder.Count(waiting);
        TaskCompletionSource inside = new();
        TaskCompletionSource release = new();
        Task hold = StoreFolder.Hold(holding, inside, release.Task);
        await inside.Task.Soon();

        Exception? told = Record.Exception(() => StoreFolder.Count(waiting));
        release.SetResult();
        await hold.Soon();

        StoreUnavailable busy = Assert.IsType<StoreUnavailable>(told);
        Assert.Equal(StoreProblem.Busy, busy.Problem);
        Assert.False(busy.Lasts);
        Assert.Contains(_folder.File, busy.Message, StringComparison.Ordinal);
        Assert.Equal(2, StoreFolder.Count(waiting));
    }

    private static byte[]? Swap(SharedCells cells, string name, byte[]? next)
    {
        byte[]? before = null;
        cells
            .Cell(name)
            .Update(value =>
            {
                before = value;
                return next;
            });
        return before;
    }
}
