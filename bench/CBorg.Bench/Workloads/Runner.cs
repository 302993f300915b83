using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Bench.Limits;
using CBorg.Core;

namespace CBorg.Bench.Workloads;

/// <summary>Puts workloads into the hands of clients, each with a fresh key of which it is told nothing.</summary>
internal sealed class Runner(EmulatorProcess emulator)
{
    /// <summary>Keys in the catalogue for each workload.</summary>
    public const int Keys = 8;

    private readonly int[] _used = new int[Workload.All.Length];

    public static string Role(Workload workload, int number) => $"{workload.Name}{number}";

    public Task<ClientRun> OursAsync(Workload workload, bool streams) =>
        TimedAsync(
            workload,
            streams ? "CBorg, streams" : "CBorg, plain",
            null,
            async key =>
            {
                ConnectionOptions options = new() { BaseUri = emulator.Url, ApiKey = () => key };
                ChatRequest request = new()
                {
                    Model = workload.Model,
                    Messages = [new ChatMessage(ChatRole.User, "What letter comes after A?")],
                    Stream = streams,
                };
                Callers callers = new(CBorgClientFactory.Create(options), request, workload.Calls);
                await callers.RunAsync(CancellationToken.None).ConfigureAwait(false);
                return callers.Done;
            }
        );

    public Task<ClientRun> PlainAsync(Workload workload, int width) =>
        TimedAsync(
            workload,
            $"HttpClient that holds {width} in flight",
            null,
            key => PlainHolder.RunAsync(emulator.Url, key, workload, width)
        );

    /// <param name="node">The client.</param>
    /// <param name="workload">The workload.</param>
    /// <param name="width">How many in flight.</param>
    /// <param name="real">What it did under the real proxy.</param>
    public async Task<ClientRun> NodeAsync(NodeClient node, Workload workload, int width, string real)
    {
        double seconds = 0;
        ClientRun run = await TimedAsync(
                workload,
                $"openai-node, {width} in flight",
                real,
                async key =>
                {
                    (int done, seconds) = await node.RunAsync(emulator, key, workload, width).ConfigureAwait(false);
                    return done;
                }
            )
            .ConfigureAwait(false);

        // Without the start of node.
        return run with
        {
            Seconds = seconds,
        };
    }

    private async Task<ClientRun> TimedAsync(Workload workload, string client, string? real, Func<string, Task<int>> run)
    {
        string role = Role(workload, Interlocked.Increment(ref _used[Array.IndexOf(Workload.All, workload)]));
        Stopwatch watch = Stopwatch.StartNew();
        int done = await run(emulator.Key(role)).ConfigureAwait(false);
        double seconds = watch.Elapsed.TotalSeconds;
        KeyTally tally = await KeyTally.ReadAsync(emulator.Control, role).ConfigureAwait(false);
        return new ClientRun(workload, client, done, seconds, tally.Requests, tally.Rejected, real);
    }
}
