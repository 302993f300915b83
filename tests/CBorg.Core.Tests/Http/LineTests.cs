using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Tests.Infrastructure;
using CBorg.Core.Tests.Stub;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace CBorg.Core.Tests.Http;

/// <summary>How lines to the service are made and kept, on real sockets.</summary>
public sealed class LineTests : IDisposable
{
    private readonly X509Certificate2 _certificate = SelfSigned.Create();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task A_name_whose_first_address_is_dead_is_reached_by_the_next()
    {
        await using Http2Server server = await Http2Server.StartAsync(_certificate);
        HttpEnvironment dead = Here(_ => ["::1", "127.0.0.9", "127.0.0.1"]);
        await AskAsync(Clients.In(dead, Name(server.Port), retries: 0));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Http_2_is_spoken_where_it_is_offered_and_calls_share_a_line()
    {
        TaskCompletionSource all = new();
        int waiting = 8;
        await using Http2Server server = await Http2Server.StartAsync(_certificate, answering: () => Together());
        HttpEnvironment here = Here();
        ICBorgClient client = Clients.In(here, Name(server.Port), retries: 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(client)));
        Assert.All(server.Requests, request => Assert.Equal("HTTP/2", request.Protocol));
        Assert.Single(server.Requests.Select(request => request.Line).Distinct());

        // Nobody is answered before all have asked.
        Task Together()
        {
            if (System.Threading.Interlocked.Decrement(ref waiting) == 0)
            {
                all.SetResult();
            }

            return all.Task;
        }
    }

    [Fact]
    public async Task More_calls_than_a_line_of_http_2_allows_take_another_line()
    {
        const int many = 120;
        TaskCompletionSource all = new();
        int waiting = many;
        await using Http2Server server = await Http2Server.StartAsync(
            _certificate,
            HttpProtocols.Http2,
            () =>
            {
                if (System.Threading.Interlocked.Decrement(ref waiting) == 0)
                {
                    all.SetResult();
                }

                return all.Task;
            }
        );
        ICBorgClient client = Clients.In(Here(), Name(server.Port), retries: 0);
        await Task.WhenAll(Enumerable.Range(0, many).Select(_ => AskAsync(client)));
        Assert.True(server.Requests.Select(request => request.Line).Distinct().Count() > 1);
    }

    [Fact]
    public async Task A_server_without_http_2_is_spoken_to_as_it_likes()
    {
        await using Http2Server server = await Http2Server.StartAsync(_certificate, HttpProtocols.Http1);
        await AskAsync(Clients.In(Here(), Name(server.Port), retries: 0));
        Assert.Equal("HTTP/1.1", Assert.Single(server.Requests).Protocol);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_refused_over_http_2_too()
    {
        await using Http2Server server = await Http2Server.StartAsync(_certificate);
        HttpEnvironment strict = new()
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            Variable = _ => null,
        };
        CBorgException failure = await Assert.ThrowsAnyAsync<CBorgException>(() =>
            AskAsync(Clients.In(strict, Name(server.Port), retries: 0))
        );
        Assert.Equal(ErrorKind.TlsFailed, failure.Kind);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Clients_share_their_lines()
    {
        await using RawServer server = new() { Otherwise = Play.Json("{}") };
        for (int i = 0; i < 5; i++)
        {
            await AskAsync(Clients.For(server));
        }

        Assert.Equal(1, server.Lines);
    }

    [Fact]
    public void Another_time_to_connect_makes_lines_of_its_own()
    {
        StackKey one = new(new Uri("https://api.cborg.lbl.gov/"), null, TimeSpan.FromSeconds(15), HttpEnvironment.Machine);
        Assert.Same(ProcessState.Current.Invoker(one, null, null), ProcessState.Current.Invoker(one with { }, null, null));
        Assert.NotSame(
            ProcessState.Current.Invoker(one, null, null),
            ProcessState.Current.Invoker(one with { ConnectTimeout = TimeSpan.FromSeconds(3) }, null, null)
        );
        using SocketsHttpHandler handler = (SocketsHttpHandler)
            HttpHandlerFactory.Create(one with { ConnectTimeout = TimeSpan.FromSeconds(3) }, null, null);
        Assert.Equal(TimeSpan.FromSeconds(3), handler.ConnectTimeout);
    }

    [Fact]
    public async Task Through_a_proxy_that_asks_who_we_are_a_tunnel_is_made_and_http_2_spoken_in_it()
    {
        await using Http2Server server = await Http2Server.StartAsync(_certificate);
        using TunnelProxy proxy = new(server.Port, "me:word");
        ICBorgClient client = Clients.In(
            Here(_ => ["127.0.0.1"]),
            new Uri("https://cborg.test/"),
            retries: 0,
            proxy: proxy.Address,
            proxyCredential: new NetworkCredential("me", "word")
        );
        await AskAsync(client);
        Assert.Equal("HTTP/2", Assert.Single(server.Requests).Protocol);
        Assert.Equal("CONNECT cborg.test:443 HTTP/1.1 200", proxy.Asked.Last());
    }

    [Fact]
    public async Task A_proxy_that_does_not_know_us_is_told_of_without_the_key()
    {
        using TunnelProxy proxy = new(1, "me:word");
        ICBorgClient client = Clients.In(Here(), new Uri("https://cborg.test/"), retries: 0, proxy: proxy.Address);
        CBorgException failure = await Assert.ThrowsAnyAsync<CBorgException>(() => AskAsync(client));
        Assert.Equal(ErrorKind.ConnectionFailed, failure.Kind);
        Assert.Contains("407", failure.Message, StringComparison.Ordinal);
        Assert.All(proxy.Asked, asked => Assert.EndsWith("407", asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proxy_on_the_way_to_a_plain_address_gets_the_whole_address_and_who_we_are()
    {
        using StubServer proxy = new(request =>
            request.Headers.ContainsKey("Proxy-Authorization")
                ? "{}"
                : new StubReply(407, "", Headers: "Proxy-Authenticate: Basic realm=\"test\"\r\n")
        );
        ICBorgClient client = Clients.In(
            Here(),
            new Uri("http://127.0.0.1:1/"),
            retries: 0,
            proxy: new Uri($"http://127.0.0.1:{proxy.Port}"),
            proxyCredential: new NetworkCredential("me", "word")
        );
        await AskAsync(client);
        Assert.Equal("Basic bWU6d29yZA==", proxy.Requests.Last().Headers["Proxy-Authorization"]);
    }

    [Fact]
    public async Task The_environments_proxy_is_noticed_within_a_session_and_its_exceptions_too()
    {
        await using Http2Server server = await Http2Server.StartAsync(_certificate);
        using TunnelProxy proxy = new(server.Port, "me:w@rd");
        string? way = null,
            exceptions = null;
        HttpEnvironment here = new()
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            AlsoTrusted = _ => true,
            Variable = name =>
                name switch
                {
                    "HTTPS_PROXY" => way,
                    "NO_PROXY" => exceptions,
                    _ => null,
                },
        };
        ICBorgClient client = Clients.In(here, Name(server.Port), retries: 0);
        await AskAsync(client);
        Assert.Empty(proxy.Asked);

        way = $"http://me:w%40rd@127.0.0.1:{proxy.Port}";
        await AskAsync(client);
        int asked = proxy.Asked.Count;
        Assert.Equal($"CONNECT cborg.test:{server.Port} HTTP/1.1 200", proxy.Asked.Last());

        exceptions = "localhost,.test";
        await AskAsync(client);
        Assert.Equal(asked, proxy.Asked.Count);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_proxy_of_a_kind_that_nobody_speaks_is_told_as_a_connection_that_failed()
    {
        ICBorgClient client = Clients.In(Here(), new Uri("https://cborg.test/"), retries: 0, proxy: new Uri("ftp://127.0.0.1:1"));
        CBorgException failure = await Assert.ThrowsAsync<CBorgConnectionException>(() => AskAsync(client));

        Assert.Equal((ErrorKind.ConnectionFailed, 1), (failure.Kind, failure.Attempts));
    }

    private HttpEnvironment Here(Func<string, string[]>? resolve = null) =>
        new()
        {
            Resolve = (name, _) =>
                Task.FromResult<IPAddress[]>([.. (resolve?.Invoke(name) ?? ["127.0.0.1"]).Select(IPAddress.Parse)]),
            Variable = _ => null,
            AlsoTrusted = shown => shown?.GetCertHashString() == _certificate.GetCertHashString(),
        };

    private static Uri Name(int port) => new($"https://cborg.test:{port}/");

    private static Task<RestResponse> AskAsync(ICBorgClient client) =>
        client.SendAsync(new RestRequest { Path = "/anything" }, null, default).Soon();
}
