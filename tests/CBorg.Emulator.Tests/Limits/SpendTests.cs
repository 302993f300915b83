using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>When spend shows: in batches in the information routes, by the key's cached row in the header.</summary>
public sealed class SpendTests
{
    private const string Key = """{"role": "key", "user_id": "u"}""";
    private const string User = """{"user_id": "u"}""";

    private static readonly string s_models =
        LimitBench.Model(
            "cent",
            """{"prompt_tokens": 1000, "completion_tokens": 0}""",
            """{"input_cost_per_token": 5e-06, "output_cost_per_token": 0}"""
        )
        + LimitBench.Model(
            "slowcent",
            """{"prompt_tokens": 1000, "completion_tokens": 0, "pause": 0.2}""",
            """{"input_cost_per_token": 5e-06, "output_cost_per_token": 0}"""
        );

    [Theory]
    [InlineData("1.77", "0.0 0.0 0.0 0.0 0.0", "0.025 0.03 0.035", "0.04", "0.045")]
    [InlineData("1.81", "0.005 0.005 0.005 0.005 0.005", "0.03 0.035 0.04", "0.045", "0.05")]
    [InlineData("1.102", "0.005 0.005 0.005 0.005 0.005", "0.005 0.005 0.005", "0.005", "0.05")]
    public async Task The_header_follows_the_cached_row(
        string generation,
        string together,
        string inTurn,
        string soon,
        string later
    )
    {
        await using var bench = await LimitBench.StartAsync(generation, Key, User, models: s_models, batches: 12);

        var five = await bench.BeginTogetherAsync(5, "slowcent");
        await bench.AtAsync(0.2);
        var first = await Task.WhenAll(five);
        await bench.AtAsync(1.2);
        Said[] then = [await bench.ChatAsync("cent"), await bench.ChatAsync("cent"), await bench.ChatAsync("cent")];
        await bench.AtAsync(2.2);
        var after1 = await bench.ChatAsync("cent");
        await bench.AtAsync(72.2);
        var after70 = await bench.ChatAsync("cent");

        Assert.Equal(together, string.Join(' ', first.Select(SpendOf)));
        Assert.Equal(inTurn, string.Join(' ', then.Select(SpendOf)));
        Assert.Equal((soon, later), (SpendOf(after1), SpendOf(after70)));
        Assert.All(first.Concat(then), said => Assert.Equal("0.005", said.Header("x-litellm-response-cost")));
    }

    [Theory]
    [InlineData("1.77", 12, 5, 7.0)]
    [InlineData("1.81", 13, 6.3, 6.7)]
    [InlineData("1.102", 15, 13.2, 1.8)]
    [InlineData("1.102", 15, 15, 15)]
    public async Task A_calls_cost_shows_at_the_next_writing_of_the_database(
        string generation,
        double interval,
        double call,
        double delay
    )
    {
        await using var bench = await LimitBench.StartAsync(generation, Key, User, models: s_models, batches: interval);

        await bench.AtAsync(call);
        await bench.ChatAsync("cent");
        await bench.AtAsync(call + delay - 0.1);
        var before = (await OfKeyAsync(bench), await OfUserAsync(bench));
        await bench.AtAsync(call + delay);
        var shown = (await OfKeyAsync(bench), await OfUserAsync(bench));
        await bench.ChatAsync("cent");
        await bench.AtAsync(call + delay + interval - 0.1);
        var still = await OfUserAsync(bench);
        await bench.AtAsync(call + delay + interval);

        Assert.Equal(((0, 0), (0.005, 0.005), 0.005), (before, shown, still));
        Assert.Equal(0.01, await OfUserAsync(bench), 12);
    }

    [Theory]
    [InlineData("1.77", "0.005")]
    [InlineData("1.81", "0.005")]
    [InlineData("1.102", "0.0")]
    public async Task A_stream_tells_the_row_without_its_own_cost_and_no_cost(string generation, string row)
    {
        await using var bench = await LimitBench.StartAsync(generation, Key, User, models: s_models, batches: 12);

        await bench.ChatAsync("cent");
        var stream = await bench.ChatAsync("cent", members: ("stream", true));

        Assert.Equal((row, (string?)null), (SpendOf(stream), stream.Header("x-litellm-response-cost")));
    }

    [Fact]
    public async Task A_reset_forgets_the_row_too()
    {
        await using var bench = await LimitBench.StartAsync("1.102", Key, User, models: s_models);
        await bench.ChatAsync("cent");
        await bench.AtAsync(61);
        Assert.Equal("0.01", SpendOf(await bench.ChatAsync("cent")));

        await bench.Caller.ControlAsync("POST", "reset");

        Assert.Equal("0.005", SpendOf(await bench.ChatAsync("cent")));
    }

    private static string SpendOf(Said said) =>
        Number(said.Header("x-litellm-key-spend")!).ToString("0.0####", CultureInfo.InvariantCulture);

    private static async Task<double> OfKeyAsync(LimitBench bench) =>
        Number((await bench.Caller.GetAsync("/key/info")).Json["info"]!["spend"]!.ToJsonString());

    private static async Task<double> OfUserAsync(LimitBench bench) =>
        Number((await bench.Caller.GetAsync("/user/info")).Json["user_info"]!["spend"]!.ToJsonString());

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
