using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Tests.Infrastructure;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Connection;

/// <summary>Connect-CBorg -Endpoint Auto: which address is taken, for how long, and what a call does when it is the wrong
/// one.</summary>
public sealed class AutoEndpointTests : IDisposable
{
    private const string Alive = "/health/liveliness";
    private const string Call = "/anything";

    private readonly FakeClock _clock = FakeClock.Skipping();
    private readonly StubServer _public = new((Alive, "\"I'm alive!\""), (Call, """{"from":"public"}"""));
    private string _network = "home";

    public void Dispose() => _public.Dispose();

    [Fact]
    public async Task The_local_address_is_taken_where_it_answers_and_is_asked_once_without_the_key()
    {
        using StubServer local = Local();
        ICBorgClient client = Client(local.Address);
        Assert.Equal("local", await AskAsync(client));
        Assert.Equal("local", await AskAsync(client));
        Assert.Equal([Alive, Call, Call], local.Paths);
        Assert.False(local.Requests.First().Headers.ContainsKey("Authorization"));
        Assert.Equal($"Bearer {Clients.Key}", local.Requests.Last().Headers["Authorization"]);
        Assert.Empty(_public.Requests);
    }

    [Fact]
    public async Task Where_the_local_address_refuses_the_public_one_is_taken()
    {
        ICBorgClient client = Client(Nobody());
        Assert.Equal("public", await AskAsync(client));
        Assert.Equal([Call], _public.Paths);
        Assert.Contains("cannot be reached from here", client.Connection.EndpointReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_local_address_says_nothing_the_public_one_is_taken_after_a_second()
    {
        await using RawServer silent = new() { Otherwise = Play.Hold };
        ICBorgClient client = Client(silent.BaseUri);
        Task<string> answer = AskAsync(client);
        await silent.ArrivedAsync().Soon();
        _clock.Advance(EndpointProbe.Timeout);
        Assert.Equal("public", await answer);
        Assert.Contains("does not answer within 1 s", client.Connection.EndpointReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_address_that_is_under_repair_is_not_taken()
    {
        using StubServer local = new(_ => new StubReply(503, "{}"));
        ICBorgClient client = Client(local.Address);
        Assert.Equal("public", await AskAsync(client));
        Assert.Equal([Alive], local.Paths);
        Assert.Contains("status 503", client.Connection.EndpointReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_is_kept_for_a_while_and_then_made_anew()
    {
        bool repaired = false;
        using StubServer local = new(request =>
            !repaired ? new StubReply(503, "{}")
            : request.Path == Call ? """{"from":"local"}"""
            : "{}"
        );
        ICBorgClient client = Client(local.Address);
        Assert.Equal("public", await AskAsync(client));
        repaired = true;
        _clock.Advance(AutoEndpoint.Life - TimeSpan.FromSeconds(1));
        Assert.Equal("public", await AskAsync(client));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("local", await AskAsync(client));
        Assert.Equal([Alive, Alive, Call], local.Paths);
    }

    [Fact]
    public async Task Another_network_is_noticed_and_the_first_one_is_remembered()
    {
        bool reachable = false;
        using StubServer local = new(request =>
            !reachable ? new StubReply(403, "{}")
            : request.Path == Call ? """{"from":"local"}"""
            : "{}"
        );
        ICBorgClient client = Client(local.Address);
        Assert.Equal("public", await AskAsync(client));

        (_network, reachable) = ("vpn", true);
        _clock.Advance(AutoEndpoint.PollInterval);
        Assert.Equal("local", await AskAsync(client));

        (_network, reachable) = ("home", false);
        _clock.Advance(AutoEndpoint.PollInterval);
        Assert.Equal("public", await AskAsync(client));
        Assert.Equal([Alive, Alive, Call], local.Paths);
    }

    [Fact]
    public async Task A_call_whose_address_cannot_be_connected_to_any_more_goes_on_at_the_other()
    {
        StubServer local = new(_ => new StubReply(200, """{"from":"local"}""", Headers: "Connection: close\r\n"));
        ICBorgClient client = Client(local.Address, retries: 1);
        Assert.Equal("local", await AskAsync(client));
        local.Dispose();
        Assert.Equal("public", await AskAsync(client));
    }

    [Fact]
    public async Task A_call_that_broke_stays_where_it_began_and_the_next_one_looks_again()
    {
        await using RawServer local = new RawServer()
            .Then(Play.Json("\"I'm alive!\""))
            .Then(Play.Reset)
            .Then(Play.Json("""{"from":"local"}"""))
            .Then(Play.Json("{}", 503));
        ICBorgClient client = Client(local.BaseUri);
        Assert.Equal("local", await AskAsync(client));
        Assert.Equal([Alive, Call, Call], local.Requests.Select(request => request.Path));

        Assert.Equal("public", await AskAsync(client));
        Assert.Equal(Alive, local.Requests[3].Path);
    }

    [Fact]
    public async Task Calls_that_begin_together_ask_once()
    {
        using StubServer local = Local();
        ICBorgClient client = Client(local.Address);
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync(client)));
        Assert.All(answers, answer => Assert.Equal("local", answer));
        Assert.Single(local.Paths, path => path == Alive);
    }

    [Fact]
    public async Task A_call_that_is_stopped_while_the_choice_is_made_leaves_it_to_the_next()
    {
        await using RawServer local = new RawServer()
            .Then(Play.Hold)
            .Then(Play.Json("\"I'm alive!\""))
            .Then(Play.Json("""{"from":"local"}"""));
        ICBorgClient client = Client(local.BaseUri);
        using System.Threading.CancellationTokenSource stop = new();
        Task<RestResponse> stopped = client.SendAsync(new RestRequest { Path = Call }, null, stop.Token);
        await local.ArrivedAsync().Soon();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.Soon());
        Assert.Equal("local", await AskAsync(client));
    }

    [Fact]
    public async Task The_connection_tells_which_is_in_use_and_why_and_asks_nobody_for_it()
    {
        using StubServer local = Local();
        ICBorgClient client = Client(local.Address);
        Assert.Equal((_public.Address, ServiceEndpoint.Auto), (client.Connection.BaseUri, client.Connection.Endpoint));
        Assert.Contains("is tried first when the next call begins", client.Connection.EndpointReason, StringComparison.Ordinal);
        Assert.Empty(local.Requests);

        await AskAsync(client);
        Assert.Equal((local.Address, ServiceEndpoint.Auto), (client.Connection.BaseUri, client.Connection.Endpoint));
        Assert.Equal($"127.0.0.1:{local.Port} answers from here.", client.Connection.EndpointReason);
    }

    [Fact]
    public async Task The_check_finds_out_anew_and_tells_it_first()
    {
        bool reachable = true;
        using StubServer local = new(request =>
            !reachable ? new StubReply(403, "{}")
            : request.Path == Call ? """{"from":"local"}"""
            : "{}"
        );
        ICBorgClient client = Client(local.Address, retries: 0);
        await AskAsync(client);
        reachable = false;

        List<ConnectionCheck> checks = [];
        await client
            .TestAsync(
                check =>
                {
                    checks.Add(check);
                    return Task.CompletedTask;
                },
                default
            )
            .Soon();
        Assert.Equal("Endpoint", checks[0].Step);
        Assert.Equal(CheckOutcome.Passed, checks[0].Outcome);
        Assert.Equal($"127.0.0.1:{_public.Port} is used: 127.0.0.1:{local.Port} answers with status 403 only.", checks[0].Detail);
        Assert.Contains($"port {_public.Port} answers", checks[2].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServiceEndpoint.Local, "local")]
    [InlineData(ServiceEndpoint.Public, "public")]
    public async Task One_that_was_named_is_taken_unseen(ServiceEndpoint endpoint, string from)
    {
        using StubServer local = Local();
        ICBorgClient client = Client(local.Address, endpoint: endpoint);
        Assert.Equal(from, await AskAsync(client));
        Assert.DoesNotContain(Alive, local.Paths.Concat(_public.Paths));
        Assert.Equal("Chosen by test.", client.Connection.EndpointReason);
    }

    private static StubServer Local() => new((Alive, "\"I'm alive!\""), (Call, """{"from":"local"}"""));

    /// <summary>An address where nobody listens.</summary>
    private static Uri Nobody()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/");
    }

    private ICBorgClient Client(Uri local, int retries = 4, ServiceEndpoint endpoint = ServiceEndpoint.Auto) =>
        Clients.In(
            new HttpEnvironment
            {
                LocalAddress = local,
                PublicAddress = _public.Address,
                Network = () => _network,
                Variable = _ => null,
            },
            endpoint: endpoint,
            clock: _clock,
            retries: retries
        );

    private static async Task<string> AskAsync(ICBorgClient client)
    {
        // Without a body, the HTTP stack itself would send it again to the same address.
        RestResponse response = await client
            .SendAsync(
                new RestRequest
                {
                    Method = "POST",
                    Path = Call,
                    Body = "{}",
                },
                null,
                default
            )
            .Soon();
        return Given.Json(response.Body).GetProperty("from").GetString()!;
    }
}
