using System;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>Each thing that can take too long has a time of its own, and the failure says which it was, how long, and what
/// changes it.</summary>
public sealed class TimeoutTests
{
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_server_that_takes_the_request_and_says_nothing_has_its_own_time()
    {
        await using RawServer server = new();
        TaskCompletionSource gone = new();
        server.Then(Play.Hold(gone));
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, null, clock, retries: 0);
        await server.ArrivedAsync().Soon();
        await clock.Waiting(Clients.FirstByteTimeout).Soon();
        clock.Advance(Clients.FirstByteTimeout);
        Asked asked = await call.Soon();

        Assert.IsType<CBorgTimeoutException>(asked.Failure);
        Assert.Equal((ErrorKind.FirstByteTimeout, Fault.Proxy, 1), (asked.Kind, asked.Failure.Fault, asked.Failure.Attempts));
        Assert.EndsWith(
            "took the request but began no reply within 4 min (Connect-CBorg -FirstByteTimeoutSec).",
            asked.Failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("charge for it", asked.Failure.Advice, StringComparison.Ordinal);
        await gone.Task.Soon();
    }

    [Fact]
    public async Task A_request_without_a_body_has_a_time_for_its_reply_too()
    {
        await using RawServer server = new() { Catalog = Play.Hold };
        FakeClock clock = new();
        Task<System.Collections.Generic.IReadOnlyList<Model>> call = Clients
            .For(server, clock, retries: 0)
            .GetModelsAsync(false, null, default);
        await clock.Waiting(Clients.FirstByteTimeout + TimeSpan.FromSeconds(15)).Soon();
        clock.Advance(Clients.FirstByteTimeout + TimeSpan.FromSeconds(15));
        CBorgException failure = await Assert.ThrowsAsync<CBorgTimeoutException>(() => call.Soon());

        Assert.Equal(ErrorKind.FirstByteTimeout, failure.Kind);
    }

    [Fact]
    public async Task A_late_first_byte_is_tried_again()
    {
        await using RawServer server = new();
        server.Then(Play.Hold).Then(Play.Answer("B"));
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, null, clock);
        await server.ArrivedAsync().Soon();
        await clock.Waiting(Clients.FirstByteTimeout).Soon();
        clock.Advance(Clients.FirstByteTimeout);
        await clock.Waiting(TimeSpan.FromSeconds(0.75)).Soon();
        clock.Advance(TimeSpan.FromSeconds(0.75));

        Assert.Equal(2, (await call.Soon()).Result.Attempts);
    }

    [Fact]
    public async Task Once_a_reply_has_begun_its_first_byte_is_not_waited_for_any_more()
    {
        await using RawServer server = new();
        server.Then(Play.EventsThen(Play.Hold, Answers.Piece("After")));
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, null, clock, retries: 0);
        await clock.Waiting(s_silence).Soon();
        clock.Advance(Clients.FirstByteTimeout + TimeSpan.FromSeconds(30));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(ErrorKind.StreamInterrupted, (await call.Soon()).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_plain_body_that_stalls_is_given_up(bool chat)
    {
        await using RawServer server = new();
        TaskCompletionSource gone = new();
        server.Then(async exchange =>
        {
            await exchange.WriteAsync(
                Play.Head(200, "application/json", "Content-Length: 500", "x-litellm-call-id: 7") + "{\"choices\":"
            );
            await Play.Hold(gone)(exchange);
        });
        FakeClock clock = new();
        ICBorgClient client = Clients.For(server, clock, retries: 0);
        Task call = chat ? client.ChatAsync(Clients.Question(stream: false), null, null, default) : new Called(client).Reply;
        await clock.Waiting(s_silence).Soon();
        clock.Advance(s_silence);
        CBorgException failure = await Assert.ThrowsAsync<CBorgTimeoutException>(() => call.Soon());

        Assert.Equal((ErrorKind.SilenceTimeout, Fault.Proxy, "7"), (failure.Kind, failure.Fault, failure.CallId));
        Assert.Contains(
            "said nothing for 5 min in the middle of its reply (Connect-CBorg -SilenceTimeoutSec).",
            failure.Message,
            StringComparison.Ordinal
        );
        await gone.Task.Soon();
    }

    [Fact]
    public async Task The_whole_calls_time_is_named()
    {
        await using RawServer server = new();
        server.Then(Play.Hold);
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, Clients.Question(timeout: TimeSpan.FromSeconds(90)), clock);
        await server.ArrivedAsync().Soon();
        clock.Advance(TimeSpan.FromSeconds(90));

        Assert.StartsWith(
            "The call took longer than 90 s (-TimeoutSec).",
            (await call.Soon()).Failure!.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_connection_that_is_not_made_in_time_is_named()
    {
        ConnectionOptions options = new() { ConnectTimeout = TimeSpan.FromSeconds(7) };
        CBorgException failure = ConnectionErrors.Of(
            new TaskCanceledException(),
            noFirstByte: false,
            new Uri("https://x.test"),
            options,
            2
        );

        Assert.Equal((ErrorKind.ConnectTimeout, Fault.Network, 2), (failure.Kind, failure.Fault, failure.Attempts));
        Assert.Equal("x.test did not accept a connection within 7 s (Connect-CBorg -ConnectTimeoutSec).", failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_queue_for_a_first_place_counts_in_the_calls_time_only_where_it_should(bool counts)
    {
        TaskCompletionSource free = new();
        await using RawServer server = new()
        {
            Otherwise = exchange => (exchange.Request.Method == "GET" ? Play.Json("{}") : Play.Answer("B"))(exchange),
        };
        server.Then(async exchange =>
        {
            await free.Task;
            await Play.Answer("A")(exchange);
        });
        FakeClock clock = new();
        ICBorgClient client = Clients.For(server, clock, throttle: 1);
        Task<Asked> busy = Asked.Of(client);
        await server.ArrivedAsync().Soon();
        TaskCompletionSource queued = new();
        ChatRequest question = new()
        {
            Model = "gpt-paid",
            Messages = Clients.Question().Messages,
            Timeout = TimeSpan.FromSeconds(20),
            QueueTimeCounts = counts,
        };
        Task<ChatResult> call = client.ChatAsync(
            question,
            null,
            told => _ = told.Kind == CallEventKind.Waiting && queued.TrySetResult(),
            default
        );
        await queued.Task.Soon();
        clock.Advance(TimeSpan.FromSeconds(60));
        if (counts)
        {
            Assert.Equal(0, (await Assert.ThrowsAsync<CBorgTimeoutException>(() => call.Soon())).Attempts);
        }

        free.SetResult();
        Assert.Equal("A", (await busy.Soon()).Result.Text);
        if (!counts)
        {
            Assert.Equal("B", (await call.Soon()).Text);
        }
    }
}
