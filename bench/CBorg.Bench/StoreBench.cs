using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>An update of a value that processes share, alone and by four of them at once, and the first one of a new
/// process; against a file that each locks, reads and writes.</summary>
internal static class StoreBench
{
    private const int RoundCount = 5;
    private const int Updates = 2000;
    private const int Processes = 4;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        (double alone, double aloneFile) = await Rounds
            .CompareAsync(RoundCount, () => EachAsync(StoreWorker.Store, 1), () => EachAsync(StoreWorker.File, 1))
            .ConfigureAwait(false);
        (double four, double fourFile) = await Rounds
            .CompareAsync(RoundCount, () => EachAsync(StoreWorker.Store, Processes), () => EachAsync(StoreWorker.File, Processes))
            .ConfigureAwait(false);
        (double first, double firstFile) = await Rounds
            .CompareAsync(RoundCount, () => FirstAsync(StoreWorker.Store), () => FirstAsync(StoreWorker.File))
            .ConfigureAwait(false);
        return
        [
            new Figure("an update of a shared value", "ms", alone, "a file with a lock", aloneFile, "< 0.3 ms", alone < 0.3),
            new Figure("the same by 4 processes at once", "ms", four, "a file with a lock", fourFile, "< 0.3 ms", four < 0.3),
            new Figure("the first of a new process", "ms", first, "a file with a lock", firstFile, "< 50 ms", first < 50),
        ];
    }

    /// <summary>Milliseconds of one update, the mean of all processes.</summary>
    private static async Task<double> EachAsync(string kind, int processes) =>
        (await RunAsync(kind, processes).ConfigureAwait(false)).Average(worker => worker.Each);

    private static async Task<double> FirstAsync(string kind) => (await RunAsync(kind, 1).ConfigureAwait(false))[0].First;

    private static async Task<(double First, double Each)[]> RunAsync(string kind, int processes)
    {
        string folder = Directory.CreateTempSubdirectory("cborg-bench-").FullName;
        try
        {
            // The file is made once in a user's life; what counts is to come to one that is there.
            StoreWorker before = StoreWorker.Start(kind, folder, updates: 0);
            await before.ReadyAsync().ConfigureAwait(false);
            await before.GoAsync().ConfigureAwait(false);
            StoreWorker[] workers = [.. Enumerable.Range(0, processes).Select(_ => StoreWorker.Start(kind, folder, Updates))];
            foreach (StoreWorker worker in workers)
            {
                await worker.ReadyAsync().ConfigureAwait(false);
            }

            return await Task.WhenAll(workers.Select(worker => worker.GoAsync())).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
