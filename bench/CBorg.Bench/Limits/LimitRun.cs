using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Resilience;
using CBorg.Core.Store;
using CBorg.Emulator;
using CBorg.Emulator.Clocks;

namespace CBorg.Bench.Limits;

/// <summary>Plays one case: the real client and the emulator over real sockets, by the turned clock.</summary>
internal sealed class LimitRun(LimitCase limits) : IDisposable
{
    private const string Role = "bench";
    private const int Endless = 1_000_000;

    // Away from a whole second, as most moments are.
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 12, 0, 0, 370, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("cborg-bench-").FullName;
    private readonly TurnableClock _clock = TurnableClock.Manual(s_start);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public async Task<LimitOutcome> PlayAsync()
    {
        EmulatorHost emulator = await EmulatorHost
            .StartAsync(
                new EmulatorOptions
                {
                    LiteLLM = limits.LiteLlm,
                    Catalog = Catalog(),
                    Clock = _clock,
                }
            )
            .ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            return await PlayAsync(emulator).ConfigureAwait(false);
        }
    }

    private async Task<LimitOutcome> PlayAsync(EmulatorHost emulator)
    {
        Stage stage = new(_clock);
        using CancellationTokenSource stop = new();
        using SharedCells cells = new(_folder);
        using OtherClient? other = limits.Others is { } habit
            ? new OtherClient(emulator.Url, emulator.Keys[Role], _clock, stage, habit)
            : null;
        TimeSpan before = TimeSpan.FromSeconds(limits.Others?.Before ?? 0);
        await stage.PlayAsync(emulator.World, before, Task.Delay(Timeout.Infinite, stop.Token)).ConfigureAwait(false);
        Callers[] callers =
        [
            .. Enumerable
                .Range(0, limits.Clients)
                .Select(_ => new Callers(Client(emulator, stage, cells), Request(), Endless, stage)),
        ];
        Task all = Task.WhenAll(callers.Select(caller => caller.RunAsync(stop.Token)));
        await stage.PlayAsync(emulator.World, before + TimeSpan.FromSeconds(limits.Horizon), all).ConfigureAwait(false);
        int done = callers.Sum(caller => caller.Done);
        double allowed = limits.Allowed - (other?.Done ?? 0);
        KeyTally tally = await KeyTally.ReadAsync(emulator.ControlUrl, Role).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await all.ConfigureAwait(false);
        return Outcome(done, allowed, tally, other, stage, callers);
    }

    private LimitOutcome Outcome(int done, double allowed, KeyTally tally, OtherClient? other, Stage stage, Callers[] callers)
    {
        Dictionary<string, int> rejected = tally.Rejected.ToDictionary(
            type => type.Key,
            type => type.Value - (other?.Rejected.GetValueOrDefault(type.Key) ?? 0)
        );
        List<string> notes =
        [
            .. callers
                .SelectMany(caller => caller.Failed)
                .GroupBy(kind => kind.Key)
                .Select(kind => $"{kind.Sum(count => count.Value)} failed: {kind.Key}"),
        ];
        if (stage.Impatient > 0)
        {
            notes.Add($"turned {stage.Impatient} times before it was quiet");
        }

        return new LimitOutcome(
            limits,
            allowed,
            done,
            done + rejected.Values.Sum(),
            rejected,
            tally.Late,
            string.Join("; ", notes)
        );
    }

    private ICBorgClient Client(EmulatorHost emulator, Stage stage, SharedCells cells)
    {
        ConnectionOptions options = new() { BaseUri = emulator.Url, ApiKey = () => emulator.Keys[Role] };
        TurnedClock clock = new(_clock, stage, options.FirstByteTimeout);
        HttpStack stack = new(options, HttpEnvironment.Machine);
        ILimitStore store = limits.Clients == 1 ? new PrivateStore() : new SharedStore(cells.Cell("limits"), clock);
        SharedState shared = new(clock, new WatchedStore(store, stage), stage.Post);
        return new CBorgClient(
            new ClientServices(
                options,
                Endpoints.Of(options, stack, clock, new ProcessState(clock)),
                stack,
                shared,
                new ServiceState(clock),
                clock,
                RetryPolicy.Default
            ),
            options
        );
    }

    private ChatRequest Request() =>
        new()
        {
            Model = LimitCatalog.Model,
            Messages = [new ChatMessage(ChatRole.User, new string('a', 4 * limits.PromptTokens))],
            Stream = limits.Streams,
            MaxTokens = limits.MaxTokens,
        };

    private string Catalog()
    {
        string path = Path.Combine(_folder, "catalog.json");
        JsonObject key = new()
        {
            ["role"] = Role,
            ["key_alias"] = Role,
            ["user_id"] = "u",
            ["max_parallel_requests"] = limits.Parallel,
        };
        JsonObject user = new() { ["user_id"] = "u", ["user_role"] = "internal_user" };
        JsonObject limited = limits.OfUser ? user : key;
        limited["rpm_limit"] = limits.Requests;
        limited["tpm_limit"] = limits.Tokens;
        if (!limits.MayAsk)
        {
            key["allowed_routes"] = new JsonArray("llm_api_routes", "/model/info");
        }

        LimitCatalog.Write(
            path,
            [
                LimitCatalog.ModelOf(
                    LimitCatalog.Model,
                    limits.Length,
                    limits.Streams,
                    limits.PromptTokens,
                    limits.CompletionTokens
                ),
                LimitCatalog.ModelOf(LimitCatalog.Quick, 0.1),
            ],
            [key],
            [user]
        );
        return path;
    }
}
