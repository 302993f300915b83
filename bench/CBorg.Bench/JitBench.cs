using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>What the first answer of a new process takes without PowerShell, against HttpClient and JsonDocument: methods
/// compiled at run time, and CPU. By its name alone with "names" it lists the methods.</summary>
internal static class JitBench
{
    private const int RoundCount = 9;
    private const int MostMethods = 300;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using CannedServer server = Server(stream: true);
        using CannedServer plain = Server(stream: false);
        List<Figure> figures = [];
        foreach (BenchModule module in BenchModule.All)
        {
            List<string[]> ours = [];
            List<string[]> bare = [];
            for (int i = 0; i < RoundCount; i++)
            {
                ours.Add(await FirstAsync(module, server).ConfigureAwait(false));
                bare.Add(await FirstAsync(module, plain, ("CBORG_BENCH_BARE", "1")).ConfigureAwait(false));
            }

            (double methods, double cpu) = (Median(ours, "methods"), Median(ours, "cpu"));
            figures.Add(
                new Figure(
                    $"methods compiled for the first answer{module.Suffix}",
                    "",
                    methods,
                    "HttpClient + JsonDocument",
                    Median(bare, "methods"),
                    module.Goal($"<= {MostMethods}"),
                    methods <= MostMethods
                )
            );
            figures.Add(
                new Figure(
                    $"first answer without PowerShell, CPU{module.Suffix}",
                    "ms",
                    cpu,
                    "HttpClient + JsonDocument",
                    Median(bare, "cpu"),
                    "-",
                    true
                )
            );
        }

        return figures;
    }

    /// <summary>Prints the methods, by type, and the assemblies.</summary>
    public static async Task<int> ListAsync()
    {
        using CannedServer server = Server(stream: Environment.GetEnvironmentVariable("CBORG_BENCH_BARE") is null);
        foreach (BenchModule module in BenchModule.All)
        {
            foreach (
                string line in await WorkerProcess
                    .LinesAsync(module.Folder, ["first", server.Address.ToString(), "names"])
                    .ConfigureAwait(false)
            )
            {
                Console.WriteLine(line);
            }
        }

        return 0;
    }

    /// <summary>Ours asks for an event stream and gets one, as from the service.</summary>
    private static CannedServer Server(bool stream)
    {
        CannedServer server = new();
        server.Reply("/model/info", "application/json", Canned.Models);
        server.Reply(
            "/chat/completions",
            stream ? "text/event-stream" : "application/json",
            stream ? Canned.Stream(3) : Canned.Chat,
            Canned.Headers
        );
        return server;
    }

    private static Task<string[]> FirstAsync(BenchModule module, CannedServer server, params (string, string)[] environment) =>
        WorkerProcess.LinesAsync(module.Folder, ["first", server.Address.ToString()], environment);

    private static double Median(List<string[]> rounds, string name) =>
        Rounds.Median(rounds.Select(lines => WorkerProcess.Number(lines, name)));
}
