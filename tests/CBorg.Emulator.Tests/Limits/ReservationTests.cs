using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>How much the newest generation reserves, and the cap that it writes into open requests.</summary>
public sealed class ReservationTests
{
    private const string Answers = """{"name": "model", "params": {"model": "hosted_vllm/model"}, "info": {"mode": "chat"} },""";

    [Fact]
    public async Task An_open_answer_is_a_quarter_of_the_smallest_limit_but_no_more_than_1024()
    {
        await using var bench = await LimitBench.StartAsync(
            "1.102",
            """{"role": "key", "user_id": "u", "team_id": "t"}""",
            """{"user_id": "u", "tpm_limit": 5000}""",
            """{"team_id": "t", "tpm_limit": 6000}"""
        );

        var said = await bench.ChatAsync(characters: 12);

        Assert.Equal(
            (3973, 4973),
            (said.Number("x-ratelimit-user-remaining-tokens"), said.Number("x-ratelimit-team-remaining-tokens"))
        );
    }

    [Theory]
    [InlineData(8000, null, null, 8000 + 8000)]
    [InlineData(800, null, null, 200 + 1024)]
    [InlineData(32, 100, null, 8 + 100)]
    [InlineData(32, 100, 3, 8 + 300)]
    [InlineData(35, 0, null, 8)]
    public async Task The_estimate_is_of_characters_and_max_tokens_times_n(int characters, int? most, int? choices, int reserved)
    {
        await using var bench = await LimitBench.StartAsync("1.102", """{"role": "key", "tpm_limit": 100000}""");
        var members = new (string, JsonNode)[] { ("max_completion_tokens", most!), ("n", choices!) }
            .Where(member => member.Item2 is not null)
            .ToArray();

        var said = await bench.ChatAsync(characters: characters == 8000 ? 32_000 : characters, members: members);

        Assert.Equal(100_000 - reserved, said.Number("x-ratelimit-api_key-remaining-tokens"));
    }

    [Theory]
    [InlineData("1.102", 1000, 250, "length")]
    [InlineData("1.102", 3000, 750, "length")]
    [InlineData("1.81", 1000, null, "stop")]
    [InlineData("1.102", 5000, null, "stop")]
    public async Task A_small_limit_cuts_answers_to_who_sends_no_max_tokens(
        string generation,
        int limit,
        int? tokens,
        string finish
    )
    {
        await using var bench = await LimitBench.StartAsync(
            generation,
            $$"""{"role": "key", "tpm_limit": {{limit}}}""",
            models: Answers,
            provider: "answers"
        );
        var body = Requests.Chat("Count to 900");
        body["model"] = "model";

        var said = await bench.Caller.PostAsync("/chat/completions", "key", body);

        Assert.Equal(finish, (string?)said.Json["choices"]![0]!["finish_reason"]);
        if (tokens is { } cut)
        {
            Assert.Equal(cut, (int)said.Json["usage"]!["completion_tokens"]!);
        }
    }

    [Fact]
    public async Task The_cap_cuts_streams_too_and_spares_who_sends_max_tokens()
    {
        await using var bench = await LimitBench.StartAsync(
            "1.102",
            """{"role": "key", "tpm_limit": 1000}""",
            models: Answers,
            provider: "answers"
        );
        var open = Requests.Chat("Count to 900", ("stream", true));
        var tight = Requests.Chat("Count to 30", ("max_tokens", 500));
        open["model"] = "model";
        tight["model"] = "model";

        var stream = await bench.Caller.PostAsync("/chat/completions", "key", open);
        var plain = await bench.Caller.PostAsync("/chat/completions", "key", tight);

        Assert.Contains("\"finish_reason\":\"length\"", stream.Text);
        Assert.Equal("stop", (string?)plain.Json["choices"]![0]!["finish_reason"]);
    }

    [Theory]
    [InlineData("1.102", "200 200 200 429")]
    [InlineData("1.81", "200 200 200 200")]
    public async Task A_rejection_for_tokens_costs_a_request_where_tokens_are_reserved(string generation, string small)
    {
        await using var bench = await LimitBench.StartAsync(generation, """{"role": "key", "rpm_limit": 6, "tpm_limit": 2000}""");
        var large = generation == "1.102" ? 3 : 2;

        await bench.StatusesAsync(large, members: ("max_tokens", 5000));

        Assert.Equal(small, await bench.StatusesAsync(4, members: ("max_tokens", 50)));
        if (generation == "1.102")
        {
            Assert.Equal("requests", (await bench.ChatAsync()).Header("rate_limit_type"));
        }
    }

    [Fact]
    public async Task Rejections_for_tokens_that_are_used_up_cost_no_request_before()
    {
        await using var bench = await LimitBench.StartAsync(
            "1.81",
            """{"role": "a", "user_id": "u", "tpm_limit": 50}, {"role": "b", "user_id": "u"}""",
            """{"user_id": "u", "rpm_limit": 10}"""
        );

        Assert.Equal("200 429 429 429", await bench.StatusesAsync(4, key: "a"));

        Assert.Equal(8, (await bench.ChatAsync(key: "b")).Number("x-ratelimit-user-remaining-requests"));
    }

    [Fact]
    public async Task Tokens_and_requests_share_one_window()
    {
        await using var bench = await LimitBench.StartAsync("1.102", """{"role": "key", "rpm_limit": 10, "tpm_limit": 1000}""");

        await bench.PassesAsync(9);
        await bench.AtAsync(59.9);
        var before = await bench.ChatAsync();
        await bench.AtAsync(60);
        var after = await bench.ChatAsync();

        Assert.Equal((429, 200), (before.Status, after.Status));
        Assert.Equal(
            (9, 742),
            (after.Number("x-ratelimit-api_key-remaining-requests"), after.Number("x-ratelimit-api_key-remaining-tokens"))
        );
    }
}
