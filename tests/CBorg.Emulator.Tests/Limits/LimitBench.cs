using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>An emulator with a clock that stands still, and calls at given seconds. The catalogue's models say what they
/// use.</summary>
internal sealed class LimitBench : IAsyncDisposable
{
    private static readonly DateTimeOffset s_wholeSecond = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    private readonly DateTimeOffset _start;

    private LimitBench(Caller caller, TurnableClock clock)
    {
        (Caller, Clock) = (caller, clock);
        _start = clock.GetUtcNow();
    }

    public Caller Caller { get; }

    public TurnableClock Clock { get; }

    /// <summary>The second of the clock, counted from the start.</summary>
    public double Second => (Clock.GetUtcNow() - _start).TotalSeconds;

    /// <summary>Starts so far into a second of the wall clock.</summary>
    public static async Task<LimitBench> StartAsync(
        string generation,
        string keys,
        string users = "",
        string teams = "",
        string models = "",
        double fraction = 0,
        double batches = 0,
        string provider = "scripted"
    )
    {
        using var catalog = TemporaryCatalog.Of(
            $$"""
            {
              "provider": "{{provider}}",
              "models": [
                {{models}}
                {"name": "plain", "params": {"model": "openai/plain"}, "info": {}, "script": {"prompt_tokens": 60, "completion_tokens": 40} },
                {"name": "broken", "params": {"model": "openai/up-500"}, "info": {} },
                {"name": "embed", "params": {"model": "openai/up-embed"}, "info": {} }
              ],
              "keys": [{{keys}}], "users": [{{users}}], "teams": [{{teams}}]
            }
            """
        );
        var clock = TurnableClock.Manual(s_wholeSecond.AddSeconds(fraction));
        var options = new EmulatorOptions
        {
            LiteLLM = generation,
            Catalog = catalog.Path,
            Clock = clock,
            SpendBatches = TimeSpan.FromSeconds(batches),
        };
        return new LimitBench(await Caller.StartAsync(options), clock);
    }

    /// <summary>An entry of the catalogue.</summary>
    public static string Model(string name, string script, string info = "{}", string model = "plain", string parameters = "") =>
        $$"""{"name": "{{name}}", "params": {"model": "openai/{{model}}" {{parameters}} }, "info": {{info}}, "script": {{script}} },""";

    /// <summary>Turns the clock to a second counted from the start.</summary>
    public Task AtAsync(double second) =>
        Clock.AdvanceAsync(TimeSpan.FromMilliseconds(Math.Round(second * 1000)) - (Clock.GetUtcNow() - _start));

    /// <summary>A chat whose prompt has so many characters.</summary>
    public Task<Said> ChatAsync(
        string model = "plain",
        string key = "key",
        int characters = 32,
        params (string Name, JsonNode Value)[] members
    ) => Caller.PostAsync("/chat/completions", key, Body(model, characters, members));

    public static JsonObject Body(string model, int characters = 32, params (string Name, JsonNode Value)[] members)
    {
        var body = Requests.Chat(new string('x', characters), members);
        body["model"] = model;
        return body;
    }

    /// <summary>A call that is still waiting when this returns.</summary>
    public async Task<Task<Said>> BeginAsync(
        string model,
        string key = "key",
        int characters = 32,
        params (string Name, JsonNode Value)[] members
    )
    {
        var waiting = (int)(await Caller.ClockAsync()).Json["waiting"]!;
        var call = ChatAsync(model, key, characters, members);
        await Caller.UntilWaitingAsync(waiting + 1);
        return call;
    }

    /// <summary>So many calls at once; all of them are there when this returns, and get as far as they can before the clock
    /// turns.</summary>
    public async Task<IReadOnlyList<Task<Said>>> BeginTogetherAsync(int calls, string model)
    {
        async Task<int> RequestsAsync() => (int)(await Caller.ControlAsync("GET", "state")).Json["requests"]!;
        var before = await RequestsAsync();
        var begun = Enumerable.Range(0, calls).Select(_ => ChatAsync(model)).ToList();
        await Caller.UntilAsync(async () => await RequestsAsync() == before + calls, $"{calls} calls");
        return begun;
    }

    /// <summary>So many calls one after the other: their statuses.</summary>
    public async Task<string> StatusesAsync(
        int calls,
        string model = "plain",
        string key = "key",
        params (string Name, JsonNode Value)[] members
    )
    {
        var statuses = new int[calls];
        for (var i = 0; i < calls; i++)
        {
            statuses[i] = (await ChatAsync(model, key, members: members)).Status;
        }

        return string.Join(' ', statuses);
    }

    /// <summary>How many of so many calls pass.</summary>
    public async Task<int> PassesAsync(
        int calls,
        string model = "plain",
        string key = "key",
        params (string Name, JsonNode Value)[] members
    ) => (await StatusesAsync(calls, model, key, members)).Split(' ').Count(status => status == "200");

    /// <summary>Calls again and again until a call passes: the second at which it did.</summary>
    public async Task<double> FirstPassAsync(
        double from,
        double step,
        double until = 200,
        string model = "plain",
        string key = "key"
    )
    {
        for (var i = 0; from + (i * step) <= until; i++)
        {
            var second = Math.Round(from + (i * step), 3);
            await AtAsync(second);
            if ((await ChatAsync(model, key)).Status == 200)
            {
                return second;
            }
        }

        return double.PositiveInfinity;
    }

    public ValueTask DisposeAsync() => Caller.DisposeAsync();
}
