using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>Tokens per minute: after the reply in earlier generations, reserved before and settled after in the newest.</summary>
public sealed class TokenTests
{
    private const string Thousand = """{"role": "key", "tpm_limit": 1000}""";

    private static readonly string s_models =
        LimitBench.Model("cached", """{"prompt_tokens": 500, "cached_tokens": 400, "completion_tokens": 10}""")
        + LimitBench.Model("large", """{"prompt_tokens": 2900, "completion_tokens": 100}""")
        + LimitBench.Model("slow300", """{"prompt_tokens": 200, "completion_tokens": 100, "pause": 2}""")
        + LimitBench.Model("slow15", """{"prompt_tokens": 10, "completion_tokens": 5, "pause": 2}""")
        + LimitBench.Model("slow800", """{"prompt_tokens": 400, "completion_tokens": 400, "pause": 10}""");

    [Theory]
    [InlineData("1.77", 41, 14)]
    [InlineData("1.81", 101, 10)]
    [InlineData("1.102", 100, 8)]
    public async Task Calls_without_max_tokens_use_what_the_generation_counts(string generation, int used, int pass)
    {
        await using var bench = await StartAsync(generation);

        var first = await bench.ChatAsync();
        var second = await bench.ChatAsync();

        Assert.Equal(used, Remaining(first) - Remaining(second));
        Assert.Equal(pass - 2, await bench.PassesAsync(12));
    }

    [Fact]
    public async Task The_newest_generation_rejects_what_it_expects_not_to_fit_and_tells_the_rest()
    {
        await using var bench = await StartAsync("1.102");

        await bench.PassesAsync(8);
        var ninth = await bench.ChatAsync();

        Assert.Equal((429, "tokens"), (ninth.Status, ninth.Header("rate_limit_type")));
        Assert.Contains("Limit type: tokens. Current limit: 1000, Remaining: 200.", ninth.ErrorMessage);
    }

    [Theory]
    [InlineData("1.77", 14)]
    [InlineData("1.81", 10)]
    [InlineData("1.102", 10)]
    public async Task A_tight_max_tokens_lets_more_calls_pass(string generation, int pass)
    {
        await using var bench = await StartAsync(generation);

        Assert.Equal(pass, await bench.PassesAsync(14, members: ("max_tokens", 50)));
    }

    [Theory]
    [InlineData("1.77", 11)]
    [InlineData("1.81", 111)]
    [InlineData("1.102", 110)]
    public async Task Cached_tokens_are_taken_off(string generation, int used)
    {
        await using var bench = await StartAsync(generation);

        var first = await bench.ChatAsync("cached");
        var second = await bench.ChatAsync("cached");

        Assert.Equal(used, Remaining(first) - Remaining(second));
    }

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

    [Theory]
    [InlineData("1.77", 2, 1)]
    [InlineData("1.81", 2, 1)]
    [InlineData("1.102", 0, 508)]
    public async Task A_failed_call_gives_its_tokens_back(string generation, int used, int booked)
    {
        await using var bench = await StartAsync(generation);

        await bench.ChatAsync("broken", members: ("max_tokens", 500));
        await bench.AtAsync(10);
        await bench.ChatAsync("broken", members: ("max_tokens", 500));
        var next = await bench.ChatAsync(members: ("max_tokens", 500));

        Assert.Equal(1000 - used - booked, Remaining(next));
    }

    [Theory]
    [InlineData("1.77", 999)]
    [InlineData("1.81", 999)]
    [InlineData("1.102", 592)]
    public async Task A_call_over_the_windows_end_leaves_the_next_window_untouched(string generation, int remaining)
    {
        await using var bench = await StartAsync(generation);

        await bench.ChatAsync(members: ("max_tokens", 50));
        await bench.AtAsync(55);
        var slow = await bench.BeginAsync("slow800", members: ("max_tokens", 800));
        await bench.AtAsync(65);
        await slow;
        var next = await bench.ChatAsync(members: ("max_tokens", 400));

        Assert.Equal(remaining, Remaining(next));
    }

    [Theory]
    [InlineData("1.77", 959 - 1)]
    [InlineData("1.81", 899 - 1)]
    [InlineData("1.102", 900 - 58)]
    public async Task A_call_that_ends_in_the_window_after_its_own_is_not_counted_there(string generation, int remaining)
    {
        await using var bench = await StartAsync(generation);

        await bench.AtAsync(55);
        var slow = await bench.BeginAsync("slow800", members: ("max_tokens", 800));
        await bench.AtAsync(116);
        await slow;
        await bench.ChatAsync(members: ("max_tokens", 50));
        var next = await bench.ChatAsync(members: ("max_tokens", 50));

        Assert.Equal(remaining, Remaining(next));
    }

    [Theory]
    [InlineData("1.77", null, 999)]
    [InlineData("1.81", 999, 999 - 1)]
    [InlineData("1.102", 600, 1000 - 8 - 58)]
    public async Task Embeddings_count_by_rules_of_their_own(string generation, int? told, int next)
    {
        await using var bench = await StartAsync(generation);
        var inputs = new JsonArray([.. Enumerable.Range(0, 4).Select(_ => new string('x', 400))]);

        var embedded = await bench.Caller.PostAsync("/embeddings", "key", new() { ["model"] = "embed", ["input"] = inputs });
        var chat = await bench.ChatAsync(members: ("max_tokens", 50));

        Assert.Equal((200, told, next), (embedded.Status, embedded.Number("x-ratelimit-api_key-remaining-tokens"), Remaining(chat)));
    }

    private static Task<LimitBench> StartAsync(string generation, double fraction = 0) =>
        LimitBench.StartAsync(generation, Thousand, models: s_models, fraction: fraction);

    private static int Remaining(Said said) => int.Parse(said.Header("x-ratelimit-api_key-remaining-tokens")!, CultureInfo.InvariantCulture);
}
