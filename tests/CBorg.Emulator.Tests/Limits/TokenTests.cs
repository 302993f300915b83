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

        await bench.ChatAsync(members: ("max_tokens", 50));
        await bench.AtAsync(55);
        var slow = await bench.BeginAsync("slow800", members: ("max_tokens", 800));
        await bench.AtAsync(61);
        await bench.ChatAsync(members: ("max_tokens", 50));
        await bench.AtAsync(66);
        await slow;
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

        Assert.Equal(
            (200, told, next),
            (embedded.Status, embedded.Number("x-ratelimit-api_key-remaining-tokens"), Remaining(chat))
        );
    }

    private static Task<LimitBench> StartAsync(string generation) =>
        LimitBench.StartAsync(generation, Thousand, models: s_models);

    private static int Remaining(Said said) =>
        int.Parse(said.Header("x-ratelimit-api_key-remaining-tokens")!, CultureInfo.InvariantCulture);
}
