using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Limits;

/// <summary>The limiter as calls use it.</summary>
public sealed class LimiterInServiceTests
{
    [Theory]
    [InlineData("""{"prompt_tokens":900,"completion_tokens":60,"total_tokens":960}""", true)]
    [InlineData("""{"prompt_tokens":900,"completion_tokens":60}""", true)]
    [InlineData(
        """{"prompt_tokens":900,"completion_tokens":60,"total_tokens":960,"prompt_tokens_details":{"cached_tokens":800}}""",
        false
    )]
    [InlineData("""{"prompt_tokens":17,"completion_tokens":6,"total_tokens":23}""", false)]
    public async Task What_an_answer_took_is_booked_without_what_was_cached(string usage, bool waits)
    {
        await using RawServer server = new()
        {
            Otherwise = Play.Json(Answers.Plain("B", usage), 200, "x-ratelimit-api_key-limit-tokens: 1000"),
        };
        ICBorgClient client = Clients.For(server, FakeClock.Skipping());
        await Asked.Of(client);
        Asked second = await Asked.Of(
            client,
            new ChatRequest
            {
                Model = "gpt",
                Messages = [new ChatMessage(ChatRole.User, "Q")],
                MaxTokens = 100,
            }
        );

        Assert.Equal(waits, second.Events.Any(told => told.Kind == CallEventKind.Waiting));
    }

    [Fact]
    public async Task A_stream_is_booked_too_and_a_broken_one_as_far_as_it_was_told()
    {
        string usage = Answers.Usage.Replace("\"total_tokens\":23", "\"total_tokens\":990", StringComparison.Ordinal);
        await using RawServer server = new() { Otherwise = Play.EventsThen(Play.Reset, Answers.Piece("B"), usage) };
        server.Then(Play.Answer("B", "x-ratelimit-api_key-limit-tokens: 1000"));
        ICBorgClient client = Clients.For(server, FakeClock.Skipping());
        await Asked.Of(client);
        Assert.Equal(ErrorKind.StreamInterrupted, (await Asked.Of(client)).Kind);

        Assert.Contains(
            (await Asked.Of(client)).Events,
            told =>
                told.Kind == CallEventKind.Waiting
                && told.Message.Contains("1013 of 1000 tokens of this key", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_limit_told_by_a_rejection_holds_for_the_next_calls()
    {
        await using RawServer server = new() { Otherwise = Play.Hold };
        server.Then(
            Play.Error(
                429,
                "Rate limit exceeded for user: u. Limit type: max_parallel_requests. Current limit: 1, Remaining: 0. Limit resets at: x",
                "None",
                "rate_limit_type: max_parallel_requests"
            )
        );
        ICBorgClient client = Clients.For(server, FakeClock.Skipping(), retries: 0);
        await Asked.Of(client);
        using CancellationTokenSource stop = new();
        Task<ChatResult> first = client.ChatAsync(Clients.Question(), null, null, stop.Token);
        TaskCompletionSource waits = new();
        Task<ChatResult> second = client.ChatAsync(
            Clients.Question(),
            null,
            told => _ = told.Kind == CallEventKind.Waiting && waits.TrySetResult(),
            stop.Token
        );
        await waits.Task.Soon();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(first, second).Soon());
    }

    [Fact]
    public async Task However_a_call_ends_it_gives_its_place_back()
    {
        await using RawServer server = new();
        ICBorgClient client = Clients.For(server, retries: 0);
        Func<RawExchange, Task>[] ends =
        [
            Play.Answer("B"),
            Play.Events(Answers.Piece("B"), Answers.Finish, Play.Done),
            Play.Error(400, "litellm.BadRequestError: no"),
            Play.Error(429, "slow"),
            Play.Reset,
            Play.Events("{oops"),
            Play.EventsThen(Play.Reset, Answers.Piece("B")),
            Play.Json("{}"),
            Play.Body("<html>", "text/html", 200),
        ];
        foreach (Func<RawExchange, Task> end in ends)
        {
            server.Then(end);
            Asked asked = await Asked.Of(client, Clients.Question("lbl/mini"));
            Assert.DoesNotContain(asked.Events, told => told.Kind == CallEventKind.Waiting);
        }

        Assert.Equal(ends.Length, server.Requests.Count);
    }

    [Fact]
    public async Task Every_attempt_is_a_request_of_the_minute_and_other_routes_are_none()
    {
        await using RawServer server = new() { Otherwise = Play.Answer("B") };
        ICBorgClient client = Clients.For(server, FakeClock.Skipping());
        await client.SendAsync(new RestRequest { Path = "/models" }, null, default).Soon();
        server.Then(Play.Error(500, "litellm.InternalServerError: x", null, "x-litellm-key-rpm-limit: 3"));
        Assert.DoesNotContain(
            (await Asked.Of(client)).Events,
            told => told.Message.StartsWith("Waiting for", StringComparison.Ordinal)
        );
        Assert.DoesNotContain((await Asked.Of(client)).Events, told => told.Kind == CallEventKind.Waiting);
        Asked fourth = await Asked.Of(client);

        Assert.Contains(fourth.Events, told => told.Message == "Waiting for a permit: 3 requests of this key in this minute");
    }
}
