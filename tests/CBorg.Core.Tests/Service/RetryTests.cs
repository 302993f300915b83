using System;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>When a call tries again, how long it waits, and what it tells.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task What_the_server_asks_to_wait_is_waited_and_not_less()
    {
        await using RawServer server = new();
        server.Then(Play.Error(503, "litellm.ServiceUnavailableError: down", null, "retry-after: 30")).Then(Play.Answer("B"));
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, null, clock);
        await clock.Waiting(TimeSpan.FromSeconds(30)).Soon();
        clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Single(server.Requests);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Asked asked = await call.Soon();

        Assert.Equal((2, TimeSpan.FromSeconds(30)), (asked.Result.Attempts, asked.Result.Duration));
        CallEvent[] told = [.. asked.Events.Where(told => told.Kind is CallEventKind.Waiting or CallEventKind.Resumed)];
        Assert.Equal(
            [(CallEventKind.Waiting, 1, TimeSpan.FromSeconds(30)), (CallEventKind.Resumed, 1, null)],
            told.Select(one => (one.Kind, one.Attempt, one.Delay))
        );
        Assert.Contains("ProviderFault: trying again in 30 s.", told[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_beyond_two_minutes_fails_at_once_and_says_how_long()
    {
        await using RawServer server = new();
        server.Then(Play.Error(429, "litellm.RateLimitError: slow", null, "retry-after: 3600", "x-litellm-call-id: 7"));
        FakeClock clock = new();
        Asked asked = await Asked.Of(server, null, clock, retries: 4);

        Assert.Equal((ErrorKind.ProviderLimit, 1), (asked.Kind, asked.Failure!.Attempts));
        Assert.Contains(
            "would have to wait 1 h, and no call waits longer than 120 s (Connect-CBorg -MaximumRetryDelay). Come back at ",
            asked.Failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(TimeSpan.FromHours(1), asked.Failure.RetryAfter);
        Assert.Equal("7", asked.Failure.CallId);
        Assert.Empty(clock.Asked);
    }

    [Fact]
    public async Task A_wait_beyond_the_calls_time_fails_at_once_and_says_so()
    {
        await using RawServer server = new();
        server.Then(Play.Error(429, "litellm.RateLimitError: slow", null, "retry-after: 60", "x-litellm-call-id: 7"));
        FakeClock clock = new();
        Asked asked = await Asked.Of(server, Clients.Question(timeout: TimeSpan.FromSeconds(20)), clock, retries: 4);

        Assert.Contains(
            "would have to wait 60 s, but only 20 s of its time are left",
            asked.Failure!.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(clock.Asked);
    }

    [Fact]
    public async Task A_wait_ends_with_the_calls_time_when_that_comes_first()
    {
        await using RawServer server = new();
        server.Then(Play.Error(503, "down", null, "retry-after: 19")).Then(Play.Hold);
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, Clients.Question(timeout: TimeSpan.FromSeconds(20)), clock, retries: 4);
        await clock.Waiting(TimeSpan.FromSeconds(19)).Soon();
        clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(ErrorKind.CallTimeout, (await call.Soon()).Kind);
    }

    [Fact]
    public async Task Without_a_word_of_the_server_waits_double()
    {
        await using RawServer server = new() { Otherwise = Play.Error(500, "litellm.InternalServerError: down") };
        FakeClock clock = FakeClock.Skipping();
        Asked asked = await Asked.Of(server, null, clock, retries: 4);

        Assert.Equal((ErrorKind.ProviderFault, 5, 5), (asked.Kind, asked.Failure!.Attempts, server.Requests.Count));
        Assert.Equal([0.75, 1.5, 3, 6], clock.Asked.Select(delay => delay.TotalSeconds));
    }

    [Theory]
    [InlineData(400, "Budget has been exceeded! Current cost: 50.1, Max budget: 50.0", "budget_exceeded")]
    [InlineData(429, "Budget has been exceeded! Current cost: 50.1, Max budget: 50.0", "budget_exceeded")]
    [InlineData(400, "ExceededBudget: User=u over budget. Spend=50.1, Budget=50.0", "None")]
    [InlineData(429, "Max budget limit reached.", "throttling_error")]
    [InlineData(429, "Max budget limit reached.", "None")]
    public async Task A_budget_is_never_tried_again(int status, string message, string type)
    {
        await using RawServer server = new()
        {
            Otherwise = Play.Error(status, message, type, "retry-after: 1", "x-should-retry: true", "x-litellm-call-id: 1"),
        };
        Asked asked = await Asked.Of(server, retries: 4);

        Assert.IsType<CBorgBudgetException>(asked.Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Never_means_never()
    {
        await using RawServer server = new() { Otherwise = Play.Error(503, "down") };

        Assert.Equal(1, (await Asked.Of(server, retries: 0)).Failure!.Attempts);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_edge_and_the_server_may_forbid_another_try()
    {
        await using RawServer server = new();
        server
            .Then(Play.Json("""{"cloudflare_error":true,"error_code":502,"retryable":false}""", 502))
            .Then(Play.Error(503, "down", null, "x-should-retry: false"));
        ICBorgClient client = Clients.For(server);

        Assert.Equal(ErrorKind.EdgeFault, (await Asked.Of(client)).Kind);
        Assert.Equal(ErrorKind.ProxyFault, (await Asked.Of(client)).Kind);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_place_in_flight_is_soon_tried_again_although_the_server_says_a_minute()
    {
        await using RawServer server = new();
        server
            .Then(
                Play.Error(
                    429,
                    "Rate limit exceeded for api_key: h. Limit type: max_parallel_requests. Current limit: 5, Remaining: 0.",
                    "None",
                    "retry-after: 60",
                    "rate_limit_type: max_parallel_requests"
                )
            )
            .Then(Play.Answer("B"));
        FakeClock clock = FakeClock.Skipping();

        Assert.Equal(2, (await Asked.Of(server, null, clock)).Result.Attempts);
        Assert.Equal([0.05], clock.Asked.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task Details_tell_each_attempt_and_its_status()
    {
        await using RawServer server = new();
        server.Then(Play.Error(503, "down")).Then(Play.Answer("B", "x-litellm-call-id: abc"));
        string[] details =
        [
            .. (await Asked.Of(server)).Events.Where(told => told.Kind == CallEventKind.Detail).Select(told => told.Message),
        ];

        Assert.Equal("POST 127.0.0.1/chat/completions (gpt-paid), attempt 1", details[0]);
        Assert.StartsWith("status 503 after ", details[1], StringComparison.Ordinal);
        Assert.EndsWith("attempt 2", details[2], StringComparison.Ordinal);
        Assert.EndsWith("call abc", details[3], StringComparison.Ordinal);
    }
}
