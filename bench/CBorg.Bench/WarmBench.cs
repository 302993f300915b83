using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>Warm calls on a server that answers at once, each client in a process of its own with its server: what remains
/// of a call's time is the client's. By turns with the rival.</summary>
internal static class WarmBench
{
    private const int RoundCount = 21;

    /// <summary>The overhead of a call, against a bare HttpClient that sends the same and parses the reply.</summary>
    public static Task<IReadOnlyList<Figure>> CallAsync() =>
        RunAsync("call", "a warm call through the client", "bare HttpClient + JsonDocument", 1.5);

    /// <summary>A stream of 2,000 pieces, each handed to a watcher, against reading the same bytes and doing nothing with
    /// them.</summary>
    public static Task<IReadOnlyList<Figure>> StreamAsync() =>
        RunAsync("stream", "a stream of 2000 pieces", "reading the bytes raw", null);

    private static async Task<IReadOnlyList<Figure>> RunAsync(string task, string what, string rival, double? goal)
    {
        List<WorkerProcess> workers =
        [
            .. BenchModule.All.Select(module => new WorkerProcess(module.Folder, [task])),
            new WorkerProcess(BenchModule.All[0].Folder, [task + "-bare"]),
        ];
        List<double>[] milliseconds = [.. workers.Select(_ => new List<double>())];
        double[] bytes = new double[workers.Count];
        for (int round = -1; round < RoundCount; round++)
        {
            for (int i = 0; i < workers.Count; i++)
            {
                (double took, bytes[i]) = await workers[i].RoundAsync().ConfigureAwait(false);
                if (round >= 0)
                {
                    milliseconds[i].Add(took);
                }
            }
        }

        workers.ForEach(worker => worker.Dispose());
        double theirs = Rounds.Median(milliseconds[^1]);
        List<Figure> figures = [];
        foreach ((BenchModule module, int i) in BenchModule.All.Select((module, i) => (module, i)))
        {
            double ours = Rounds.Median(milliseconds[i]);
            figures.Add(
                new Figure(
                    what + module.Suffix,
                    "ms",
                    ours,
                    rival,
                    theirs,
                    goal is null ? "-" : module.Goal($"<= {goal}"),
                    goal is null || ours <= goal * theirs
                )
            );
            figures.Add(
                new Figure($"{what}{module.Suffix}, allocated", "KB", bytes[i] / 1024, rival, bytes[^1] / 1024, "-", true)
            );
        }

        return figures;
    }
}
