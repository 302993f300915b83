using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Bench.Workloads;

/// <summary>What was wanted of the workloads.</summary>
internal static class WorkloadGoals
{
    public static IEnumerable<Figure> Of(IReadOnlyList<ClientRun> runs)
    {
        ClientRun? floor = runs.FirstOrDefault(run => run.Client.StartsWith("HttpClient", StringComparison.Ordinal));
        foreach (ClientRun ours in runs.Where(run => run.Client.StartsWith("CBorg", StringComparison.Ordinal)))
        {
            ClientRun rival =
                runs.FirstOrDefault(run =>
                    run.Workload == ours.Workload && run.Client.StartsWith("openai", StringComparison.Ordinal)
                ) ?? ours;
            string what = $"{ours.Workload.Name} ({ours.Workload.What}), {ours.Client}";
            yield return ours.Workload.Name switch
            {
                "A" => new Figure(
                    what,
                    "s",
                    ours.Seconds,
                    rival.Client,
                    rival.Seconds,
                    "all 150 in <= 124 s, <= 3 rejected",
                    ours is { Done: 150, Seconds: <= 124, AllRejected: <= 3 }
                ),
                "B" => new Figure(what, "requests", ours.Requests, rival.Client, rival.Requests, "<= 5", ours.Requests <= 5),
                _ => new Figure(
                    what,
                    "s",
                    ours.Seconds,
                    floor!.Client,
                    floor.Seconds,
                    "all 100, 0 rejected, <= 1.03",
                    ours is { Done: 100, AllRejected: 0 } && ours.Seconds <= 1.03 * floor.Seconds
                ),
            };
        }
    }
}
