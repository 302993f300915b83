using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>Lines that fail, and time that runs out.</summary>
public sealed class BrokenLinesTests
{
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_refused_connection_is_tried_again_and_says_where()
    {
        FakeClock clock = FakeClock.Skipping();
        Asked asked = await Asked.Of(Clients.For(UnusedAddress(), clock, retries: 2));

        Assert.IsType<CBorgConnectionException>(asked.Failure);
        Assert.Equal((ErrorKind.ConnectionFailed, 3), (asked.Failure.Kind, asked.Failure.Attempts));
        Assert.Contains("127.0.0.1", asked.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("Test-CBorgConnection", asked.Failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_before_the_headers_is_tried_again()
    {
        await using RawServer server = new();
        server.Then(Play.Reset).Then(Play.Answer("B"));
        Asked asked = await Asked.Of(server);

        Assert.Equal(("B", 2, 2), (asked.Result.Text, asked.Result.Attempts, server.Requests.Count));
    }

    [Fact]
    public async Task A_body_that_is_not_compressed_as_it_claims_cannot_be_read_and_is_not_asked_for_again()
    {
        await using RawServer server = new()
        {
            Otherwise = Play.Json("this is no gzip", 200, "Content-Encoding: gzip", "x-litellm-call-id: 7"),
        };
        Asked asked = await Asked.Of(server, retries: 4);

        Assert.IsType<CBorgProtocolException>(asked.Failure);
        Assert.Equal((ErrorKind.InvalidResponse, "7", 1), (asked.Kind, asked.Failure.CallId, server.Requests.Count));
    }

    [Fact]
    public async Task A_reset_amid_the_headers_is_tried_again()
    {
        await using RawServer server = new();
        server
            .Then(async exchange =>
            {
                await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Ty");
                exchange.Close();
            })
            .Then(Play.Answer("B"));

        Assert.Equal(2, (await Asked.Of(server)).Result.Attempts);
    }

    [Fact]
    public async Task A_server_that_says_nothing_ends_with_the_calls_time()
    {
        await using RawServer server = new();
        TaskCompletionSource gone = new();
        server.Then(Play.Hold(gone));
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, Clients.Question(timeout: TimeSpan.FromSeconds(20)), clock, retries: 3);
        await server.ArrivedAsync().Soon();
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Asked asked = await call.Soon();

        Assert.Equal((ErrorKind.CallTimeout, 1), (asked.Kind, asked.Failure!.Attempts));
        Assert.Contains("longer than 20 s", asked.Failure.Message, StringComparison.Ordinal);
        await gone.Task.Soon();
    }

    [Fact]
    public async Task The_time_of_all_attempts_together_is_limited()
    {
        await using RawServer server = new();
        server.Then(Play.Error(503, "litellm.ServiceUnavailableError: down")).Then(Play.Hold);
        FakeClock clock = FakeClock.Skipping();
        Task<Asked> call = Asked.Of(server, Clients.Question(timeout: TimeSpan.FromSeconds(20)), clock, retries: 3);
        await server.ArrivedAsync().Soon();
        await server.ArrivedAsync().Soon();
        clock.Advance(TimeSpan.FromSeconds(20));
        Asked asked = await call.Soon();

        Assert.Equal((ErrorKind.CallTimeout, 2), (asked.Kind, asked.Failure!.Attempts));
        Assert.Contains("Before that: The provider behind 'gpt-paid' failed.", asked.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_falls_silent_before_the_text_is_given_up_and_tried_again()
    {
        await using RawServer server = new();
        TaskCompletionSource gone = new();
        server.Then(Play.EventsThen(Play.Hold(gone))).Then(Play.Events(Answers.Piece("B"), Answers.Finish, Play.Done));
        FakeClock clock = new();
        ICBorgClient client = Clients.For(server, clock, retries: 1);

        // Nothing else is under way that would wait, too.
        await client.GetModelsAsync(false, null, default);
        Task<Asked> call = Asked.Of(client);
        await clock.Waiting(s_silence).Soon();
        clock.Advance(s_silence);
        await gone.Task.Soon();
        await clock.Waiting(TimeSpan.FromSeconds(0.75)).Soon();
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("B", 2), ((await call.Soon()).Result.Text, server.Requests.Count));
    }

    [Fact]
    public async Task A_line_that_falls_silent_after_the_text_keeps_it()
    {
        FakeClock clock = new();
        CBorgStreamException broken = await Stalled(
            clock,
            TimeSpan.FromMinutes(30),
            async gone =>
            {
                // Once, or twice where the reading has not come to its last wait yet.
                while (!gone.IsCompleted)
                {
                    await Task.WhenAny(clock.Waiting(s_silence), gone).Soon();
                    clock.Advance(s_silence);
                }
            }
        );

        Assert.Equal("After", broken.PartialText);
        Assert.Contains(
            "said nothing for 5 min in the middle of its reply (Connect-CBorg -SilenceTimeoutSec)",
            broken.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_time_that_ends_after_the_text_keeps_it()
    {
        FakeClock clock = new();
        CBorgStreamException broken = await Stalled(
            clock,
            TimeSpan.FromSeconds(30),
            _ =>
            {
                clock.Advance(TimeSpan.FromSeconds(30));
                return Task.CompletedTask;
            }
        );

        Assert.Equal("After", broken.PartialText);
        Assert.Contains("time was over after 30 s", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stalled_error_is_still_an_error()
    {
        await using RawServer server = new();
        server.Then(async exchange =>
        {
            await exchange.WriteAsync(Play.Head(401, "application/json", "Content-Length: 500"));
            await exchange.GoneAsync();
        });
        FakeClock clock = new();
        Task<Asked> call = Asked.Of(server, null, clock);
        await clock.Waiting(TimeSpan.FromSeconds(5)).Soon();
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(401, (await call.Soon()).Failure!.StatusCode);
    }

    private static async Task<CBorgStreamException> Stalled(FakeClock clock, TimeSpan timeout, Func<Task, Task> then)
    {
        await using RawServer server = new();
        TaskCompletionSource gone = new();
        server.Then(Play.EventsThen(Play.Hold(gone), Answers.Piece("After")));
        TaskCompletionSource shown = new();
        ICBorgClient client = Clients.For(server, clock);
        Task<ChatResult> call = client.ChatAsync(
            Clients.Question(timeout: timeout),
            _ =>
            {
                shown.TrySetResult();
                return Task.CompletedTask;
            },
            null,
            default
        );
        await shown.Task.Soon();
        await then(gone.Task);
        CBorgStreamException broken = await Assert.ThrowsAsync<CBorgStreamException>(() => call.Soon());
        await gone.Task.Soon();
        Assert.Single(server.Requests);
        return broken;
    }

    private static Uri UnusedAddress()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
