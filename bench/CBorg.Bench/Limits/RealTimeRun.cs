using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CBorg.Bench.Limits;

/// <summary>The same in real time: four processes on one key, of whose limits nobody tells, for two minutes.</summary>
internal static class RealTimeRun
{
    private const string Role = "bench";
    private const int Processes = 4;

    private static readonly LimitCase s_case = new()
    {
        LiteLlm = "1.102",
        Kind = "in real time, unknown, four processes",
        Requests = 60,
        Parallel = 5,
        Streams = true,
        MayAsk = false,
        Clients = Processes,
        Horizon = 115,
        Goal = 0.9,
        MayReject = outcome => outcome.AllRejected <= 6,
        Rejections = "at most 6 rejected",
    };

    public static string Name => s_case.Name;

    public static async Task<LimitOutcome> PlayAsync()
    {
        string folder = Directory.CreateTempSubdirectory("cborg-bench-").FullName;
        try
        {
            string catalog = Path.Combine(folder, "catalog.json");
            JsonObject key = new()
            {
                ["role"] = Role,
                ["rpm_limit"] = s_case.Requests,
                ["max_parallel_requests"] = s_case.Parallel,
                ["allowed_routes"] = new JsonArray("llm_api_routes", "/model/info"),
            };
            LimitCatalog.Write(catalog, [LimitCatalog.ModelOf(LimitCatalog.Model, s_case.Length, s_case.Streams)], [key], []);
            using EmulatorProcess emulator = await EmulatorProcess.StartAsync(s_case.LiteLlm, catalog).ConfigureAwait(false);
            LimitWorker[] workers =
            [
                .. Enumerable
                    .Range(0, Processes)
                    .Select(_ => LimitWorker.Start(emulator.Url, emulator.Key(Role), folder, s_case.Horizon)),
            ];
            await Task.WhenAll(workers.Select(worker => worker.ReadyAsync())).ConfigureAwait(false);
            (int Done, int Failed)[] each = await Task.WhenAll(workers.Select(worker => worker.GoAsync())).ConfigureAwait(false);
            KeyTally tally = await KeyTally.ReadAsync(emulator.Control, Role).ConfigureAwait(false);
            int failed = each.Sum(worker => worker.Failed);
            return new LimitOutcome(
                s_case,
                s_case.Allowed,
                each.Sum(worker => worker.Done),
                tally.Requests,
                tally.Rejected,
                tally.Late,
                failed == 0 ? "" : $"{failed} failed"
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
