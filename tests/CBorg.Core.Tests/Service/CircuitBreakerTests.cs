using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>Calls share what they know of a service that is down: one probes it, the others wait for what it finds.</summary>
public sealed class CircuitBreakerTests : IAsyncDisposable
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(0.75);
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1.5);

    private readonly RawServer _server = new() { Otherwise = Play.Reset };
    private readonly FakeClock _clock = new();
    private readonly ICBorgClient _client;

    public CircuitBreakerTests()
    {
        _client = Clients.For(_server, _clock, waitForService: TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task While_it_is_down_new_calls_send_nothing_and_one_asks_for_all()
    {
        Called[] calls = [await DownAsync(), await DownAsync(), await DownAsync()];
        Assert.Single(_server.Requests);

        await AskAsync(s_first, calls);
        Assert.Equal(2, _server.Requests.Count);
        await AskAsync(s_second, calls);
        Assert.Equal(3, _server.Requests.Count);

        _server.Otherwise = Play.Json("{}");
        await AskAsync(TimeSpan.FromSeconds(3));
        RestResponse[] replies = await Task.WhenAll(calls.Select(call => call.Reply)).Soon();

        // They took turns: the first asked in vain twice, the second once, the third found it back.
        Assert.Equal([1, 2, 3], replies.Select(reply => reply.Attempts).Order());
        Assert.Equal(6, _server.Requests.Count);
    }

    [Fact]
    public async Task Calls_in_flight_when_it_goes_down_have_sent_their_request_and_join_the_wait()
    {
        TaskCompletionSource down = new();
        _server.Otherwise = async exchange =>
        {
            await down.Task;
            exchange.Reset();
        };
        Called[] calls = [new(_client), new(_client), new(_client)];
        for (int i = 0; i < calls.Length; i++)
        {
            await _server.ArrivedAsync().Soon();
        }

        down.SetResult();
        await Task.WhenAll(calls.Select(call => call.WaitsAsync()));
        await AskAsync(s_first, calls);

        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    public async Task A_request_that_is_itself_the_fault_does_not_hold_up_the_others()
    {
        _server.Otherwise = exchange =>
            (exchange.Request.Header("Content-Length") == "8" ? Play.Error(500, "boom") : Play.Json("{}"))(exchange);
        Called poison = new(_client, body: "\"poison\"");
        await poison.WaitsAsync();
        Called sound = new(_client, body: "1");
        await sound.WaitsAsync();
        await AskAsync(s_first, poison, sound);
        await AskAsync(s_second, poison);

        Assert.Equal("{}", (await sound.Reply.Soon()).Body);
        Assert.Equal("{}", (await new Called(_client, body: "1").Reply.Soon()).Body);
        Assert.False(poison.Reply.IsCompleted);
    }

    [Fact]
    public async Task Another_route_is_not_held_up_by_one_that_fails()
    {
        _server.Otherwise = exchange => (exchange.Request.Path == "/x" ? Play.Error(500, "boom") : Play.Json("{}"))(exchange);
        await new Called(_client).WaitsAsync();

        Assert.Equal("{}", (await new Called(_client, path: "/other").Reply.Soon()).Body);
    }

    [Fact]
    public async Task When_the_one_that_asks_is_stopped_the_next_one_asks()
    {
        using CancellationTokenSource stop = new();
        Called first = new(_client, stop.Token);
        await first.WaitsAsync();
        Called second = new(_client);
        await second.WaitsAsync();
        _server.Otherwise = Play.Hold;
        await AskAsync(s_first);
        await _server.ArrivedAsync().Soon();
        await _server.ArrivedAsync().Soon();
        _server.Otherwise = Play.Json("{}");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Reply.Soon());

        Assert.Equal("{}", (await second.Reply.Soon()).Body);
    }

    [Fact]
    public async Task When_the_listener_of_the_one_that_asks_fails_the_next_one_asks()
    {
        Called first = new(
            _client,
            onEvent: told => _ = told.Kind == CallEventKind.Resumed ? throw new InvalidOperationException("no ear") : told
        );
        await first.WaitsAsync();
        Called second = new(_client);
        await second.WaitsAsync();
        _server.Otherwise = Play.Json("{}");
        await AskAsync(s_first);
        Assert.Equal("no ear", (await Assert.ThrowsAsync<InvalidOperationException>(() => first.Reply.Soon())).Message);

        Assert.Equal("{}", (await second.Reply.Soon()).Body);
    }

    [Fact]
    public async Task A_listener_that_fails_while_its_call_waits_keeps_no_other_call_waiting()
    {
        Called first = new(
            _client,
            onEvent: told => _ = told.Kind == CallEventKind.Waiting ? throw new InvalidOperationException("no ear") : told
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() => first.Reply.Soon());
        Called second = new(_client);
        await second.WaitsAsync();
        _server.Otherwise = Play.Json("{}");
        await AskAsync(s_first);

        Assert.Equal("{}", (await second.Reply.Soon()).Body);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_at_once()
    {
        using CancellationTokenSource stop = new();
        Called call = new(_client, stop.Token);
        await call.WaitsAsync();
        await stop.CancelAsync();
        OperationCanceledException stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Reply.Soon());

        Assert.Equal((stop.Token, 0, 1), (stopped.CancellationToken, _clock.Open, _server.Requests.Count));
    }

    [Fact]
    public async Task After_a_service_was_waited_for_in_vain_a_new_call_asks_once_and_fails()
    {
        TimeSpan longest = TimeSpan.FromSeconds(0.5);
        ICBorgClient client = Clients.For(_server, _clock, waitForService: longest);
        Called call = new(client);
        await call.WaitsAsync();
        await AskAsync(longest);
        CBorgException failure = await Assert.ThrowsAsync<CBorgConnectionException>(() => call.Reply.Soon());
        CBorgException next = await Assert.ThrowsAsync<CBorgConnectionException>(() => new Called(client).Reply.Soon());

        Assert.Equal((2, 1, 3), (failure.Attempts, next.Attempts, _server.Requests.Count));
        Assert.Equal(failure.Facts.DownSince, next.Facts.DownSince);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<Called> DownAsync()
    {
        Called call = new(_client);
        await call.WaitsAsync();
        return call;
    }

    /// <summary>Lets the time of the next try come; it fails, and these calls say that they go on waiting.</summary>
    private async Task AskAsync(TimeSpan after, params Called[] goOn)
    {
        await _clock.Waiting(after).Soon();
        _clock.Advance(after);
        await Task.WhenAll(goOn.Select(call => call.WaitsAsync()));
    }
}
