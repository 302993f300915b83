using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>What becomes of slot, provider and bill when the client closes its connection.</summary>
public sealed class ClosedCallTests
{
    private const string One = """{"role": "key", "max_parallel_requests": 1}""";
    private const string Prices = """{"input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06}""";

    private static readonly string s_models =
        LimitBench.Model(
            "forty",
            $$"""{"text": "{{string.Join(' ', Enumerable.Repeat("word", 38))}}", "word_pause": 0.5}""",
            Prices
        )
        + LimitBench.Model("slow", """{"prompt_tokens": 60, "completion_tokens": 40, "pause": 15}""", Prices)
        + LimitBench.Model("late", """{"text": "one two three", "pause": 15}""", Prices);

    [Theory]
    [InlineData("1.77", 20, 38)]
    [InlineData("1.81", 20, 38)]
    [InlineData("1.102", 2.3, 4)]
    public async Task A_stream_closed_in_its_middle(string generation, double passes, int words)
    {
        await using var bench = await LimitBench.StartAsync(generation, One, models: s_models);

        using var call = await OpenCall.SendAsync(bench, LimitBench.Body("forty", 32, ("stream", true)));
        await bench.AtAsync(2.2);
        Assert.Equal(429, (await bench.ChatAsync()).Status);
        await call.CloseAsync();

        Assert.Equal(passes, await bench.FirstPassAsync(2.2, 0.1));
        var row = await RowAsync(bench);
        Assert.Equal((200, words), ((int)row["status"]!, (int)row["completion_tokens"]!));
        Assert.Equal((2200, generation == "1.102" ? 2200 : 20_000), ((double)row["client_closed_at"]!, (double)row["ended"]!));
        Assert.Equal(11e-6 + (words * 4e-6), (double)row["cost"]!, 12);
    }

    [Theory]
    [InlineData("1.77", 15)]
    [InlineData("1.81", 15)]
    [InlineData("1.102", 15.1)]
    public async Task A_waiting_plain_call_goes_on_to_its_end_everywhere(string generation, double passes)
    {
        await using var bench = await LimitBench.StartAsync(generation, One, models: s_models);

        using var call = await OpenCall.SendAsync(bench, LimitBench.Body("slow"));
        await bench.AtAsync(2);
        await call.CloseAsync();

        Assert.Equal(passes, await bench.FirstPassAsync(2, 0.1));
        var row = await RowAsync(bench);
        Assert.Equal((60, 40, 15_000), ((int)row["prompt_tokens"]!, (int)row["completion_tokens"]!, (double)row["ended"]!));
        Assert.Equal(60e-6 + (40 * 4e-6), (double)row["cost"]!, 12);
    }

    [Theory]
    [InlineData("1.77", 15, 3)]
    [InlineData("1.81", 15, 3)]
    [InlineData("1.102", 15.1, 0)]
    public async Task A_stream_closed_before_its_first_byte_goes_on_to_that_at_least(string generation, double passes, int words)
    {
        await using var bench = await LimitBench.StartAsync(generation, One, models: s_models);

        using var call = await OpenCall.SendAsync(bench, LimitBench.Body("late", 32, ("stream", true)));
        await bench.AtAsync(2);
        await call.CloseAsync();

        Assert.Equal(passes, await bench.FirstPassAsync(2, 0.1));
        var row = await RowAsync(bench);
        Assert.Equal((11, words), ((int)row["prompt_tokens"]!, (int)row["completion_tokens"]!));
    }

    private static async Task<JsonNode> RowAsync(LimitBench bench) => (await bench.Caller.LedgerAsync())[0];
}
