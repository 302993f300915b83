using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Bench.Limits;

namespace CBorg.Bench.Workloads;

/// <summary>
/// Three workloads in real time, as they were once measured under the real proxy: what a client gets done, and what it
/// wastes, when nobody tells it of its limits.
/// openai-node on the same emulator is also the emulator's own check: it should fare as it did under the real proxy.
/// </summary>
internal static class WorkloadsBench
{
    /// <summary>Only the workloads whose letters are in it; all when it is not set.</summary>
    private const string Only = "CBORG_BENCH_CASES";

    private const string Generation = "1.102";
    private const int Slots = 5;
    private const int Many = 16;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("cborg-bench-").FullName;
        Environment.SetEnvironmentVariable("CBORG_HOME", Directory.CreateDirectory(Path.Combine(folder, "home")).FullName);
        NodeClient? node = await NodeClient
            .InstallAsync(Directory.CreateDirectory(Path.Combine(folder, "node")).FullName)
            .ConfigureAwait(false);
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync(Generation, Catalog(folder)).ConfigureAwait(false);
        List<ClientRun> runs = await AllAsync(new Runner(emulator), node).ConfigureAwait(false);
        Console.WriteLine(
            "| workload | client | done | seconds | requests | rejected | real proxy: done, seconds, 429s |\n|---|---|---:|---:|---:|---|---|"
        );
        runs.ForEach(run => Console.WriteLine(Row(run)));
        Directory.Delete(folder, recursive: true);
        return [.. WorkloadGoals.Of(runs)];
    }

    /// <summary>What depends on tenths of a second has the machine for itself; the rest waits most of its time and goes at
    /// once, each with its own key.</summary>
    private static async Task<List<ClientRun>> AllAsync(Runner runner, NodeClient? node)
    {
        List<ClientRun> runs = [];
        List<Task<ClientRun>> together = [];
        if (IsWanted(Workload.B))
        {
            runs.Add(await runner.OursAsync(Workload.B, streams: true).ConfigureAwait(false));
        }

        if (IsWanted(Workload.C))
        {
            runs.Add(await runner.PlainAsync(Workload.C, Slots).ConfigureAwait(false));
            runs.Add(await runner.OursAsync(Workload.C, streams: true).ConfigureAwait(false));
            runs.Add(await runner.OursAsync(Workload.C, streams: false).ConfigureAwait(false));
            Beside(Workload.C, Slots, "100, 71.3, 1");
            Beside(Workload.C, Many, "99, 121.1, 21");
        }

        if (IsWanted(Workload.B))
        {
            Beside(Workload.B, Slots, "0 (60 requests)");
        }

        if (IsWanted(Workload.A))
        {
            together.Add(runner.OursAsync(Workload.A, streams: true));
            together.Add(runner.OursAsync(Workload.A, streams: false));
            Beside(Workload.A, Slots, "150, 187.5, 11");
            Beside(Workload.A, Many, "146, 181.5, 43");
        }

        return [.. runs, .. await Task.WhenAll(together).ConfigureAwait(false)];

        void Beside(Workload workload, int width, string real)
        {
            if (node is not null)
            {
                together.Add(runner.NodeAsync(node, workload, width, real));
            }
        }
    }

    private static bool IsWanted(Workload workload) =>
        (Environment.GetEnvironmentVariable(Only) ?? workload.Name).Contains(workload.Name, StringComparison.Ordinal);

    private static string Row(ClientRun run) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {run.Workload.Name}: {run.Workload.What} | {run.Client} | {run.Done} | {run.Seconds:0.0} | {run.Requests} | {run.RejectedText} | {run.Real} |"
        );

    private static string Catalog(string folder)
    {
        string path = Path.Combine(folder, "catalog.json");
        LimitCatalog.Write(
            path,
            Workload.All.Select(workload => LimitCatalog.ModelOf(workload.Model, workload.Length)),
            Workload.All.SelectMany(workload =>
                Enumerable
                    .Range(1, Runner.Keys)
                    .Select(number =>
                    {
                        JsonObject key = workload.Limits();
                        key["role"] = Runner.Role(workload, number);
                        return key;
                    })
            ),
            []
        );
        return path;
    }
}
