using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Store;
using Xunit;

namespace CBorg.Core.Tests.Store;

/// <summary>Several real processes at one store.</summary>
public sealed class ProcessesTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly List<StoreProcess> _processes = [];

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task No_count_is_lost_even_where_the_file_is_new_to_all()
    {
        StoreProcess[] four = [.. Enumerable.Range(0, 4).Select(_ => Start(Program.Count, times: 400))];
        await ReadyAsync(four);
        Array.ForEach(four, process => process.Go());

        int[] ends = await Task.WhenAll(four.Select(process => process.EndAsync()));
        Assert.All(ends, end => Assert.Equal(0, end));
        using SharedCells cells = _folder.Cells();
        Assert.Equal(1600, StoreFolder.Counted(cells));
    }

    [Fact]
    public async Task One_killed_in_the_middle_of_a_change_leaves_the_old_value_and_no_lock()
    {
        using SharedCells cells = _folder.Cells();
        StoreFolder.Count(cells);
        StoreProcess doomed = Start(Program.Hold);
        await ReadyAsync(doomed);
        doomed.Go();
        Assert.Equal("inside", await doomed.LineAsync());

        Assert.Throws<StoreUnavailable>(() => StoreFolder.Count(_folder.Cells(lockTimeout: TimeSpan.Zero)));
        await doomed.KillAsync();

        Assert.Equal(2, StoreFolder.Count(cells));
    }

    [Fact]
    public async Task Ones_killed_at_any_moment_lose_nothing_that_was_kept()
    {
        long kept = 0;
        for (int round = 1; round <= 5; round++)
        {
            StoreProcess doomed = Start(Program.CountForEver);
            await ReadyAsync(doomed);
            doomed.Go();
            for (int i = 0; i < 20 * round; i++)
            {
                kept = long.Parse((await doomed.LineAsync())!, CultureInfo.InvariantCulture);
            }

            await doomed.KillAsync();
            while (await doomed.LineAsync() is { Length: > 0 } said)
            {
                kept = Math.Max(kept, long.TryParse(said, CultureInfo.InvariantCulture, out long number) ? number : 0);
            }

            using SharedCells cells = _folder.Cells();
            // What it had kept and not yet said is one at most.
            Assert.InRange(StoreFolder.Counted(cells), kept, kept + 1);
        }
    }

    private StoreProcess Start(string word, int times = 0)
    {
        StoreProcess process = new(word, _folder.Path, times);
        _processes.Add(process);
        return process;
    }

    private static async Task ReadyAsync(params StoreProcess[] processes)
    {
        foreach (StoreProcess process in processes)
        {
            Assert.Equal("ready", await process.LineAsync());
        }
    }
}
