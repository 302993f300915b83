using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Tests.Spend;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Connection;

public class ConnectionTests
{
    private const string Alive = "\"I'm alive!\"";
    private const string Ready =
        """{"status":"connected","db":"connected","cache":null,"litellm_version":"1.81.9","use_aiohttp_transport":true}""";
    private const string Names = """{"data":[{"id":"a","object":"model"},{"id":"b","object":"model"}],"object":"list"}""";
    private const string Catalogue = """{"data":[{"model_name":"a","litellm_params":{},"model_info":{}},{"model_name":"b"}]}""";
    private const string Unknown =
        """{"error":{"message":"Authentication Error, Invalid proxy server token passed. Received API Key = sk-...abcd, Key Hash (Token) =00. Unable to find token in cache or `LiteLLM_VerificationTokenTable`","type":"token_not_found_in_db","param":"key","code":"401"}}""";
    private const string Blocked =
        """<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1><p>You are unable to access lbl.gov. error code: 1020</p></body></html>""";

    private static readonly string[] s_steps =
    [
        "NameResolution",
        "Connect",
        "Tls",
        "Service",
        "Key",
        "Models",
        "Budget",
        "Latency",
    ];

    private static readonly Dictionary<string, StubReply> s_good = new()
    {
        ["/health/liveliness"] = Alive,
        ["/health/readiness"] = Ready,
        ["/key/info"] = Recorded.PersonalKey,
        ["/user/info"] = Recorded.PersonalUser,
        ["/model/info"] = Catalogue,
        ["/models"] = Names,
    };

    [Fact]
    public async Task All_steps_are_told_in_order_when_all_is_well()
    {
        using StubServer server = Server();
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(server);
        Assert.Equal(s_steps, checks.Select(check => check.Step));
        Assert.Equal("Skipped Passed Skipped Passed Passed Passed Passed Passed", Outcomes(checks));
        Assert.Equal("LiteLLM 1.81.9 answers.", checks[3].Detail);
        Assert.Equal("sk-...0001 (someone@lbl.gov), of someone@lbl.gov, does not expire.", checks[4].Detail);
        Assert.Equal("2 models.", checks[5].Detail);
        Assert.Equal("37.6543 USD of 50.00 USD left (User someone@lbl.gov). It resets on 2026-12-01.", checks[6].Detail);
        Assert.All(checks, check => Assert.Null(check.Advice));
        Assert.All(
            server.Requests.Where(request => request.Path.StartsWith("/health", StringComparison.Ordinal)),
            request => Assert.False(request.Headers.ContainsKey("Authorization"))
        );
    }

    [Theory]
    [InlineData("""{"status":"healthy","db":"connected"}""", 200)]
    [InlineData("""{"detail":"Service Unhealthy (...)"}""", 503)]
    public async Task A_version_that_is_not_told_does_not_matter(string readiness, int status)
    {
        using StubServer server = Server(("/health/readiness", new StubReply(status, readiness)));
        Assert.Equal("A LiteLLM proxy that does not tell its version answers.", (await TestAsync(server))[3].Detail);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_ends_it()
    {
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(Client("https://no-such-host.invalid"));
        Assert.Equal("Failed Skipped Skipped Skipped Skipped Skipped Skipped Skipped", Outcomes(checks));
        Assert.Contains("spelling", checks[0].Advice!, StringComparison.Ordinal);
        Assert.Contains("NameResolution failed", checks[7].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_ends_it()
    {
        int port = FreePort();
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(Client($"http://localhost:{port}"));
        Assert.Equal("Passed Failed Skipped Skipped Skipped Skipped Skipped Skipped", Outcomes(checks));
        Assert.Contains("127.0.0.1", checks[1].Detail, StringComparison.Ordinal);
        Assert.Contains("firewall", checks[1].Advice!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_ends_it()
    {
        using RSA rsa = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        using StubServer server = new(_ => Task.FromResult(StubReply.NotFound), certificate);
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(server);
        Assert.Equal("Passed Passed Failed Skipped Skipped Skipped Skipped Skipped", Outcomes(checks));
        Assert.Contains("certificate", checks[2].Detail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("clock", checks[2].Advice!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_speaks_no_tls_fails_in_the_handshake()
    {
        using StubServer server = Server();
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(Client($"https://127.0.0.1:{server.Port}"));
        Assert.Equal("Skipped Passed Failed Skipped Skipped Skipped Skipped Skipped", Outcomes(checks));
    }

    [Theory]
    [InlineData(403, Blocked, "text/html", "/key/manage")]
    [InlineData(403, "error code: 1010", "text/plain", "/key/manage")]
    [InlineData(
        403,
        """{"error":{"message":"Access forbidden: IP address 1.2.3.4 not allowed.","type":"auth_error","param":"None","code":"403"}}""",
        "application/json",
        "/key/manage"
    )]
    [InlineData(522, "error code: 522", "text/plain", "maintenance")]
    [InlineData(502, "<html><body>Bad gateway</body></html>", "text/html", "try again later")]
    [InlineData(200, "<html>Welcome to nginx!</html>", "text/html", "LiteLLM proxy")]
    public async Task A_service_that_does_not_let_us_in_says_what_to_do(int status, string body, string type, string advice)
    {
        using StubServer server = Server(("/health/liveliness", new StubReply(status, body, type, "cf-ray: 9f00\r\n")));
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(server);
        Assert.Equal("Skipped Passed Skipped Failed Skipped Skipped Skipped Skipped", Outcomes(checks));
        Assert.Contains(advice, checks[3].Advice!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_service_without_health_routes_is_tried_further()
    {
        using StubServer server = Server(("/health/liveliness", StubReply.NotFound));
        Assert.Equal("Skipped Passed Skipped Warning Passed Passed Passed Passed", Outcomes(await TestAsync(server)));
    }

    [Fact]
    public async Task A_key_of_another_host_is_told_and_the_latency_all_the_same()
    {
        using StubServer server = Server(("/key/info", new StubReply(401, Unknown)));
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(server);
        Assert.Equal("Skipped Passed Skipped Passed Failed Skipped Skipped Passed", Outcomes(checks));
        Assert.Contains("belongs to this address", checks[4].Advice!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_key_is_told_with_the_ways_to_set_one()
    {
        using StubServer server = Server();
        ConnectionOptions options = new() { BaseUri = server.Address, MaximumRetryCount = 0 };
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(CBorgClientFactory.Create(options));
        Assert.Equal("Skipped Passed Skipped Passed Failed Skipped Skipped Passed", Outcomes(checks));
        Assert.Contains("CBORG_API_KEY", checks[4].Advice!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        403,
        """{"detail":"Virtual key is not allowed to call this route. Only allowed to call routes: ['llm_api_routes']. Tried to call route: /key/info"}"""
    )]
    [InlineData(500, "Internal Server Error")]
    public async Task A_key_that_may_not_ask_about_itself_passes_when_it_works(int status, string body)
    {
        using StubServer server = Server(("/key/info", new StubReply(status, body)), ("/user/info", new StubReply(status, body)));
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(server);
        Assert.Equal("Skipped Passed Skipped Passed Passed Passed Skipped Passed", Outcomes(checks));
        Assert.Equal("The key works. The key may not ask about itself (/key/info).", checks[4].Detail);
    }

    [Fact]
    public async Task A_proxy_that_fails_everywhere_does_not_pass_for_a_key_with_limits()
    {
        StubReply fault = new(500, "Internal Server Error", "text/plain");
        using StubServer server = Server(("/key/info", fault), ("/models", fault));
        Assert.Equal("Skipped Passed Skipped Passed Failed Skipped Skipped Passed", Outcomes(await TestAsync(server)));
    }

    [Fact]
    public async Task A_catalogue_that_is_barred_is_a_warning()
    {
        using StubServer server = Server(("/model/info", Recorded.Barred));
        ConnectionCheck models = (await TestAsync(server))[5];
        Assert.Equal(CheckOutcome.Warning, models.Outcome);
        Assert.StartsWith("2 models.", models.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_models_are_a_warning()
    {
        using StubServer server = Server(("/model/info", """{"data":[]}"""));
        Assert.Equal(CheckOutcome.Warning, (await TestAsync(server))[5].Outcome);
    }

    [Fact]
    public async Task A_budget_used_up_says_when_it_resets_and_that_free_models_stop()
    {
        string user = Recorded.PersonalUser.Replace("12.345678", "50.1", StringComparison.Ordinal);
        using StubServer server = Server(("/user/info", user));
        ConnectionCheck budget = (await TestAsync(server))[6];
        Assert.Equal(CheckOutcome.Failed, budget.Outcome);
        Assert.Contains("2026-12-01", budget.Advice!, StringComparison.Ordinal);
        Assert.Contains("free models stop too", budget.Advice!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_versions_refuse_all_over_budget_and_the_check_still_tells_which()
    {
        StubReply refused = Recorded.Refused(Recorded.UserOverBudget);
        using StubServer server = Server(
            ("/key/info", refused),
            ("/user/info", refused),
            ("/model/info", refused),
            ("/models", refused)
        );
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(server);
        Assert.Equal("Skipped Passed Skipped Passed Passed Skipped Failed Passed", Outcomes(checks));
        Assert.StartsWith("0.00 USD of 50.00 USD left (User spent@lbl.gov).", checks[6].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Little_left_of_the_budget_is_a_warning()
    {
        using StubServer server = Server(
            ("/user/info", Recorded.PersonalUser.Replace("12.345678", "46.01", StringComparison.Ordinal))
        );
        Assert.Equal(CheckOutcome.Warning, (await TestAsync(server))[6].Outcome);
    }

    [Fact]
    public async Task A_key_that_ends_soon_is_a_warning_and_a_blocked_one_a_failure()
    {
        string soon = Recorded.PersonalKey.Replace(
            "\"expires\":null",
            $"\"expires\":\"{DateTimeOffset.UtcNow.AddDays(3):yyyy-MM-ddTHH:mm:ssZ}\"",
            StringComparison.Ordinal
        );
        using StubServer ending = Server(("/key/info", soon));
        Assert.Equal(CheckOutcome.Warning, (await TestAsync(ending))[4].Outcome);
        using StubServer blocked = Server(
            ("/key/info", Recorded.PersonalKey.Replace("\"blocked\":null", "\"blocked\":true", StringComparison.Ordinal))
        );
        Assert.Equal(CheckOutcome.Failed, (await TestAsync(blocked))[4].Outcome);
    }

    [Fact]
    public async Task Through_a_proxy_the_line_is_left_to_it()
    {
        using StubServer proxy = Server();
        using StubServer server = new();
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(
            server.Client(new Uri($"http://user:secret@127.0.0.1:{proxy.Port}"))
        );
        Assert.Equal("Skipped Skipped Skipped Passed Passed Passed Passed Passed", Outcomes(checks));
        Assert.Equal($"Left to the proxy http://127.0.0.1:{proxy.Port} (from -Proxy).", checks[0].Detail);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named()
    {
        using StubServer server = Server();
        IReadOnlyList<ConnectionCheck> checks = await TestAsync(server.Client(new Uri($"http://127.0.0.1:{FreePort()}")));
        Assert.Equal("Skipped Skipped Skipped Failed Skipped Skipped Skipped Skipped", Outcomes(checks));
        Assert.Contains("through the proxy http://127.0.0.1:", checks[3].Advice!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_stops_at_once()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource<StubReply> never = new();
        using StubServer server = new(_ =>
        {
            stop.Cancel();
            return never.Task;
        });
        Stopwatch time = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            server.Client().TestAsync(_ => Task.CompletedTask, stop.Token)
        );
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(5));
    }

    private static StubServer Server(params (string Path, StubReply Reply)[] changes)
    {
        Dictionary<string, StubReply> routes = new(s_good);
        foreach ((string path, StubReply reply) in changes)
        {
            routes[path] = reply;
        }

        return new StubServer(request => routes.GetValueOrDefault(request.Path, StubReply.NotFound));
    }

    private static ICBorgClient Client(string address) =>
        CBorgClientFactory.Create(
            new ConnectionOptions
            {
                BaseUri = new Uri(address),
                ApiKey = () => $"sk-{Guid.NewGuid():N}",
                MaximumRetryCount = 0,
            }
        );

    private static Task<IReadOnlyList<ConnectionCheck>> TestAsync(StubServer server) => TestAsync(server.Client());

    private static async Task<IReadOnlyList<ConnectionCheck>> TestAsync(ICBorgClient client)
    {
        List<ConnectionCheck> checks = [];
        await client.TestAsync(Take, default);
        return checks;

        Task Take(ConnectionCheck check)
        {
            checks.Add(check);
            return Task.CompletedTask;
        }
    }

    private static string Outcomes(IEnumerable<ConnectionCheck> checks) =>
        string.Join(" ", checks.Select(check => check.Outcome));

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
