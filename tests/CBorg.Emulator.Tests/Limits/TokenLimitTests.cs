using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>Calls that meet the limit of tokens: at once, too large, after an overrun, beside one in flight.</summary>
public sealed class TokenLimitTests
{
    private const string Thousand = """{"role": "key", "tpm_limit": 1000}""";

    private static readonly string s_models =
        LimitBench.Model("large", """{"prompt_tokens": 2900, "completion_tokens": 100}""")
        + LimitBench.Model("slow300", """{"prompt_tokens": 200, "completion_tokens": 100, "pause": 2}""")
        + LimitBench.Model("slow15", """{"prompt_tokens": 10, "completion_tokens": 5, "pause": 2}""");

    [Theory]
    [InlineData("1.77", 10)]
    [InlineData("1.81", 10)]
    [InlineData("1.102", 3)]
    public async Task Of_ten_calls_at_once_pass_as_many_as_are_expected_to_fit(string generation, int pass)
    {
        await using var bench = await StartAsync(generation);

        var calls = await bench.BeginTogetherAsync(10, "slow300");
        await bench.AtAsync(2);
        var statuses = (await Task.WhenAll(calls)).Select(said => said.Status).ToList();

        Assert.Equal((pass, 10 - pass), (statuses.Count(s => s == 200), statuses.Count(s => s == 429)));
    }

    [Fact]
    public async Task Who_has_overrun_the_limit_is_stopped_until_the_window_ends()
    {
        await using var bench = await StartAsync("1.81");

        var calls = await bench.BeginTogetherAsync(10, "slow300");
        await bench.AtAsync(2);
        await Task.WhenAll(calls);

        Assert.Equal(60, await bench.FirstPassAsync(2, 0.5));
    }

    [Theory]
    [InlineData("1.77", 200)]
    [InlineData("1.81", 200)]
    [InlineData("1.102", 429)]
    public async Task What_is_larger_than_the_limit_never_passes_where_tokens_are_reserved(string generation, int status)
    {
        await using var bench = await StartAsync(generation);

        var first = await bench.ChatAsync(members: ("max_tokens", 2000));
        await bench.AtAsync(61);
        var later = await bench.ChatAsync(members: ("max_tokens", 2000));
        var longPrompt = await bench.ChatAsync(characters: 25_000);

        Assert.Equal((status, status, status), (first.Status, later.Status, longPrompt.Status));
        if (status == 429)
        {
            Assert.Contains("Current limit: 1000, Remaining: 1000.", first.ErrorMessage);
            Assert.Equal("60", first.Header("retry-after"));
        }
    }

    [Fact]
    public async Task The_oldest_counts_of_a_large_reply_only_the_completion()
    {
        await using var bench = await StartAsync("1.77");

        Assert.Equal(101, Remaining(await bench.ChatAsync("large")) - Remaining(await bench.ChatAsync()));
    }

    [Theory]
    [InlineData("1.77", 2)]
    [InlineData("1.81", 60)]
    [InlineData("1.102", 59.5)]
    public async Task After_one_large_reply_the_next_call_passes_when_the_window_is_over(string generation, double passes)
    {
        await using var bench = await StartAsync(generation, fraction: 0.5);

        Assert.Equal(200, (await bench.ChatAsync("large")).Status);

        Assert.Equal(passes, await bench.FirstPassAsync(2, 0.5));
    }

    [Theory]
    [InlineData("1.77", 200)]
    [InlineData("1.81", 200)]
    [InlineData("1.102", 429)]
    public async Task A_call_in_flight_holds_what_it_may_use_and_gives_the_rest_back(string generation, int second)
    {
        await using var bench = await StartAsync(generation);

        var slow = await bench.BeginAsync("slow15", characters: 44, members: ("max_tokens", 800));
        var large = await bench.ChatAsync(characters: 44, members: ("max_tokens", 800));
        var small = await bench.ChatAsync(characters: 44, members: ("max_tokens", 100));
        await bench.AtAsync(3);
        await slow;
        var afterwards = await bench.ChatAsync(characters: 44, members: ("max_tokens", 800));

        Assert.Equal((second, 200, 200), (large.Status, small.Status, afterwards.Status));
        if (second == 429)
        {
            Assert.Contains("Remaining: 189.", large.ErrorMessage);
        }
    }

    private static Task<LimitBench> StartAsync(string generation, double fraction = 0) =>
        LimitBench.StartAsync(generation, Thousand, models: s_models, fraction: fraction);

    private static int Remaining(Said said) =>
        int.Parse(said.Header("x-ratelimit-api_key-remaining-tokens")!, CultureInfo.InvariantCulture);
}
