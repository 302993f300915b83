using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Bench.Limits;

namespace CBorg.Bench.Workloads;

/// <summary>
/// Three workloads in real time, as they were once measured under the real proxy: what a client gets done, and what it wastes, when nobody tells it of its limits.
/// openai-node on the same emulator is also the emulator's own check: it should fare as it did under the real proxy.
/// </summary>
internal static class WorkloadsBench
{
    private const string Generation = "1.102";
    private const int Slots = 5;
    private const int Many = 16;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("cborg-bench-").FullName;
        Environment.SetEnvironmentVariable("CBORG_HOME", Directory.CreateDirectory(Path.Combine(folder, "home")).FullName);
        NodeClient? node = await NodeClient.InstallAsync(Directory.CreateDirectory(Path.Combine(folder, "node")).FullName).ConfigureAwait(false);
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync(Generation, Catalog(folder)).ConfigureAwait(false);
        List<ClientRun> runs = await AllAsync(new Runner(emulator), node).ConfigureAwait(false);
        Console.WriteLine("| workload | client | done | seconds | requests | rejected | real proxy: done, seconds, 429s |\n|---|---|---:|---:|---:|---|---|");
        runs.ForEach(run => Console.WriteLine(Row(run)));
        Directory.Delete(folder, recursive: true);
        return [.. WorkloadGoals.Of(runs)];
    }

    /// <summary>What depends on tenths of a second has the machine for itself; the rest waits most of its time and goes at once, each with its own key.</summary>
    private static async Task<List<ClientRun>> AllAsync(Runner runner, NodeClient? node)
    {
        List<ClientRun> runs =
        [
            await runner.OursAsync(Workload.B, streams: true).ConfigureAwait(false),
            await runner.PlainAsync(Workload.C, Slots).ConfigureAwait(false),
            await runner.OursAsync(Workload.C, streams: true).ConfigureAwait(false),
            await runner.OursAsync(Workload.C, streams: false).ConfigureAwait(false),
        ];
        List<Task<ClientRun>> together = [runner.OursAsync(Workload.A, streams: true), runner.OursAsync(Workload.A, streams: false)];
        if (node is not null)
        {
            together.Add(runner.NodeAsync(node, Workload.A, Slots, "150, 187.5, 11"));
            together.Add(runner.NodeAsync(node, Workload.A, Many, "146, 181.5, 43"));
            together.Add(runner.NodeAsync(node, Workload.B, Slots, "0, 60 requests"));
            together.Add(runner.NodeAsync(node, Workload.C, Slots, "100, 71.3, 1"));
            together.Add(runner.NodeAsync(node, Workload.C, Many, "99, 121.1, 21"));
        }

        return [.. runs, .. await Task.WhenAll(together).ConfigureAwait(false)];
    }

    private static string Row(ClientRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {run.Workload.Name}: {run.Workload.What} | {run.Client} | {run.Done} | {run.Seconds:0.0} | {run.Requests} | {run.RejectedText} | {run.Real} |");

    private static string Catalog(string folder)
    {
        string path = Path.Combine(folder, "catalog.json");
        LimitCatalog.Write(
            path,
            Workload.All.Select(workload => LimitCatalog.ModelOf(workload.Model, workload.Length)),
            Workload.All.SelectMany(workload => Enumerable.Range(1, Runner.Keys).Select(number =>
            {
                System.Text.Json.Nodes.JsonObject key = workload.Limits();
                key["role"] = Runner.Role(workload, number);
                return key;
            })),
            []);
        return path;
    }
}
