using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class LimitTests
{
    [Theory]
    [InlineData("1.77")]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task A_minute_is_opened_by_its_first_request_and_rejections_do_not_lengthen_it(string generation)
    {
        var clock = TurnableClock.Manual();
        await using var caller = await Caller.StartAsync(generation, """{"role": "key", "rpm_limit": 2}""", clock);

        Assert.Equal("200 200 429", await ChatAsync(caller, 3));
        await clock.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.Equal("429", await ChatAsync(caller, 1));
        await clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("200 200 429", await ChatAsync(caller, 3));
    }

    [Fact]
    public async Task A_window_is_not_aligned_to_the_clocks_minute()
    {
        var clock = TurnableClock.Manual();
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key", "rpm_limit": 6}""", clock);

        Assert.Equal("200 200 200", await ChatAsync(caller, 3));
        await clock.AdvanceAsync(TimeSpan.FromSeconds(75));
        Assert.Equal("200 200 200 200 200 200 429", await ChatAsync(caller, 7));
        await clock.AdvanceAsync(TimeSpan.FromSeconds(45));
        Assert.Equal("429", await ChatAsync(caller, 1));
    }

    [Fact]
    public async Task Remaining_counts_the_request_itself_for_every_scope()
    {
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key", "user_id": "u", "rpm_limit": 10, "max_parallel_requests": 3}""");

        await caller.ChatAsync();
        var second = await caller.ChatAsync();

        Assert.Equal(8, second.Number("x-ratelimit-api_key-remaining-requests"));
        Assert.Equal(2, second.Number("x-ratelimit-user-remaining-requests"));
        Assert.Equal(2, second.Number("x-ratelimit-api_key-remaining-max_parallel_requests"));
        Assert.Equal(10, second.Number("x-litellm-key-rpm-limit"));
    }

    [Fact]
    public async Task The_users_limit_is_named_in_the_rejection()
    {
        await using var caller = await Caller.StartAsync("1.81", """{"role": "key", "user_id": "u", "rpm_limit": 10}""");

        await ChatAsync(caller, 4);
        var fifth = await caller.ChatAsync();

        Assert.Equal(429, fifth.Status);
        Assert.StartsWith("Rate limit exceeded for user: u. Limit type: requests. Current limit: 4, Remaining: 0.", fifth.ErrorMessage);
        Assert.Equal("requests", fifth.Header("rate_limit_type"));
        Assert.Equal("60", fifth.Header("retry-after"));
    }

    [Fact]
    public async Task The_oldest_generation_names_the_wrong_scope()
    {
        await using var caller = await Caller.StartAsync("1.77", """{"role": "key", "user_id": "u", "rpm_limit": 10}""");

        await ChatAsync(caller, 4);
        var fifth = await caller.ChatAsync();

        Assert.StartsWith("Rate limit exceeded for api_key: ", fifth.ErrorMessage);
        Assert.EndsWith(". Remaining: -1", fifth.ErrorMessage);
    }

    [Fact]
    public async Task Failed_calls_count_and_gets_do_not()
    {
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key", "rpm_limit": 3}""");

        Assert.Equal(500, (await caller.ChatAsync(model: "broken")).Status);
        Assert.Equal(400, (await caller.ChatAsync(model: "nothing-of-that-name")).Status);
        await caller.GetAsync("/models");
        await caller.GetAsync("/key/info");

        Assert.Equal("200 429", await ChatAsync(caller, 2));
    }

    [Fact]
    public async Task A_rejection_for_parallelism_costs_a_request()
    {
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key", "rpm_limit": 3, "max_parallel_requests": 1}""");

        var slow = caller.ChatAsync(model: "slow");
        await Task.Delay(300);
        var rejected = await caller.ChatAsync();
        Assert.Equal("max_parallel_requests", rejected.Header("rate_limit_type"));
        await slow;
        var next = await caller.ChatAsync();

        Assert.Equal(200, next.Status);
        Assert.Equal(0, next.Number("x-ratelimit-api_key-remaining-requests"));
    }

    [Fact]
    public async Task Tokens_are_reserved_before_and_settled_after()
    {
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key", "tpm_limit": 1000}""");

        var first = await caller.ChatAsync(members: ("max_tokens", 200));
        var second = await caller.ChatAsync(members: ("max_tokens", 200));
        var tooLarge = await caller.ChatAsync(members: ("max_tokens", 2000));

        Assert.Equal(1000 - 206, first.Number("x-ratelimit-api_key-remaining-tokens"));
        Assert.Equal(1000 - 23 - 206, second.Number("x-ratelimit-api_key-remaining-tokens"));
        Assert.Equal("tokens", tooLarge.Header("rate_limit_type"));
    }

    [Fact]
    public async Task Earlier_generations_count_tokens_only_after_the_reply()
    {
        await using var caller = await Caller.StartAsync("1.81", """{"role": "key", "tpm_limit": 30}""");

        Assert.Equal("200 200 429", await ChatAsync(caller, 3));
    }

    [Theory]
    [InlineData("1.77", 4)]
    [InlineData("1.81", 1)]
    [InlineData("1.102", 1)]
    public async Task A_teams_limit_of_a_model_counts_twice_where_it_counts(string generation, int pass)
    {
        await using var caller = await Caller.StartAsync(generation, """{"role": "key", "team_id": "t"}""");

        Assert.Equal(pass, (await ChatAsync(caller, 4)).Split(' ').Count(status => status == "200"));
    }

    [Theory]
    [InlineData("1.81", null)]
    [InlineData("1.102", "20")]
    public async Task A_limited_deployment_rests(string generation, string? retryAfter)
    {
        await using var caller = await Caller.StartAsync(generation, """{"role": "key"}""");

        var first = await caller.ChatAsync(model: "limited");
        var second = await caller.ChatAsync(model: "limited");

        Assert.Equal("throttling_error", first.ErrorType);
        Assert.Null(first.Header("retry-after"));
        Assert.StartsWith("No deployments available for selected model, Try again in 20 seconds.", second.ErrorMessage);
        Assert.Equal(retryAfter, second.Header("retry-after"));
    }

    /// <summary>The statuses of so many calls.</summary>
    private static async Task<string> ChatAsync(Caller caller, int times)
    {
        var statuses = new int[times];
        for (var i = 0; i < times; i++)
        {
            statuses[i] = (await caller.ChatAsync()).Status;
        }

        return string.Join(' ', statuses);
    }
}
