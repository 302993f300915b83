using System;
using System.Linq;
using System.Management.Automation;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>What Connect-CBorg and the environment say. The environment belongs to the process, so these run alone.</summary>
[Collection("process")]
public sealed class ConnectionTests : IDisposable
{
    private static readonly string[] s_variables = ["CBORG_API_KEY", "CBORG_BASE_URL", "CBORG_ENDPOINT", "CBORG_MODEL"];

    private readonly string?[] _kept = [.. s_variables.Select(Environment.GetEnvironmentVariable)];
    private readonly StubServer _stub = new();
    private readonly EngineSession? _session = EngineSession.Open();

    public ConnectionTests() => Array.ForEach(s_variables, variable => Environment.SetEnvironmentVariable(variable, null));

    public void Dispose()
    {
        foreach ((string variable, string? value) in s_variables.Zip(_kept))
        {
            Environment.SetEnvironmentVariable(variable, value);
        }

        _session?.Dispose();
        _stub.Dispose();
    }

    private EngineRun Run(string script, params object?[] arguments) => _session!.Run(script, arguments);

    [InlineData("sk-abc\r\nX-Evil: injected")]
    [InlineData("sk-abc\u007fdef")]
    [InlineData("\u201csk-abcdef\u201d")]
    [Theory]
    public void A_key_that_cannot_be_sent_is_refused_and_the_connection_stays(string key)
    {
        _session!.Connect(_stub.Address);

        EngineRun run = Run("Connect-CBorg -BaseUri 'https://elsewhere.test' -ApiKey $args[0]", EngineSession.Secret(key));

        Assert.StartsWith("KeyMissing", run.Ended?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("cannot be sent", run.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("abc", run.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(_stub.Address, Run("Get-CBorgConnection").One.Get("BaseUri"));
    }

    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/")]
    [InlineData("/V1//")]
    [Theory]
    public void Addresses_work_as_people_write_them(string end)
    {
        Run(
                "Connect-CBorg -BaseUri $args[0] -ApiKey $args[1]; Invoke-CBorgChat Hi -Model priced",
                _stub.Address.ToString().TrimEnd('/') + end,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();

        Assert.Equal("/chat/completions", Assert.Single(_stub.Chats).Path);
        Assert.Equal(_stub.Address, Run("Get-CBorgConnection").One.Get("BaseUri"));
    }

    [Fact]
    public void A_path_below_the_host_is_kept()
    {
        Run(
            "Connect-CBorg -BaseUri $args[0] -ApiKey $args[1]; Invoke-CBorgRestMethod /x -ErrorAction Ignore",
            new Uri(_stub.Address, "/proxy/v1"),
            EngineSession.Secret(StubServer.Key)
        );

        Assert.Equal("/proxy/x", Assert.Single(_stub.Requests).Path);
    }

    [InlineData("http://api.cborg.lbl.gov", "unencrypted")]
    [InlineData("http://192.168.1.1:4000", "unencrypted")]
    [InlineData("http://127.0.0.1.nip.io", "unencrypted")]
    [InlineData("http://localhost.example.com", "unencrypted")]
    [InlineData("https://user:word@api.cborg.lbl.gov", "user name")]
    [InlineData("ftp://api.cborg.lbl.gov", "not the address")]
    [InlineData("api.cborg.lbl.gov", "https://")]
    [InlineData("file:///etc/passwd", "not the address")]
    [Theory]
    public void Addresses_that_would_give_the_key_away_are_refused_and_the_old_connection_stays(string address, string words)
    {
        Run("Connect-CBorg -BaseUri $args[0] -ApiKey $args[1]", _stub.Address, EngineSession.Secret(StubServer.Key)).Done();

        EngineRun run = Run("Connect-CBorg -BaseUri $args[0] -ApiKey $args[1]", address, EngineSession.Secret(StubServer.Key));

        Assert.StartsWith("BadRequest", run.Ended?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, run.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(_stub.Address, Run("Get-CBorgConnection").One.Get("BaseUri"));
    }

    [Fact]
    public void The_environment_alone_is_enough()
    {
        Environment.SetEnvironmentVariable("CBORG_API_KEY", StubServer.Key);
        Environment.SetEnvironmentVariable("CBORG_BASE_URL", $"  {_stub.Address}v1 ");
        Environment.SetEnvironmentVariable("CBORG_MODEL", "priced");

        Run("Invoke-CBorgChat Hi").Done();

        Assert.Equal("priced", Assert.Single(_stub.Chats).Model);
        Assert.Equal("Bearer " + StubServer.Key, _stub.Chats[0].Headers["authorization"]);
        Assert.Equal("$env:CBORG_API_KEY", Run("Get-CBorgConnection").One.Text("KeySource"));
    }

    [Fact]
    public void Without_anything_the_public_service_is_meant()
    {
        PSObject connection = Run("Get-CBorgConnection").Done().One;

        Assert.Equal(new Uri("https://api.cborg.lbl.gov/"), connection.Get("BaseUri"));
        Assert.Null(connection.Get("Key"));
        Assert.Equal("Public", connection.Text("Endpoint"));
        Assert.Equal("The default.", connection.Text("EndpointReason"));
    }

    [InlineData("Public", "https://api.cborg.lbl.gov/", "Chosen by Connect-CBorg -Endpoint.")]
    [InlineData("local", "https://api-local.cborg.lbl.gov/", "Chosen by Connect-CBorg -Endpoint.")]
    [InlineData("Auto", "https://api.cborg.lbl.gov/", "api-local.cborg.lbl.gov is tried first when the next call begins.")]
    [Theory]
    public void One_of_CBorgs_own_addresses_is_chosen_by_its_name(string endpoint, string address, string reason)
    {
        PSObject connection = Run(
                "Connect-CBorg -Endpoint $args[0] -ApiKey $args[1] -PassThru",
                endpoint,
                EngineSession.Secret(StubServer.Key)
            )
            .Done()
            .One;

        Assert.Equal(new Uri(address), connection.Get("BaseUri"));
        Assert.Equal(endpoint, connection.Text("Endpoint"), ignoreCase: true);
        Assert.Equal(reason, connection.Text("EndpointReason"));
    }

    [InlineData("Auto", "Auto", "https://api.cborg.lbl.gov/")]
    [InlineData(" LOCAL ", "Local", "https://api-local.cborg.lbl.gov/")]
    [Theory]
    public void The_environment_chooses_one_of_CBorgs_own_addresses_too(string value, string endpoint, string address)
    {
        Environment.SetEnvironmentVariable("CBORG_ENDPOINT", value);

        PSObject connection = Run("Get-CBorgConnection").Done().One;
        Assert.Equal(endpoint, connection.Text("Endpoint"));
        Assert.Equal(new Uri(address), connection.Get("BaseUri"));
        Assert.Equal(
            "Public",
            Run("Connect-CBorg -Endpoint Public -ApiKey $args[0] -PassThru", EngineSession.Secret(StubServer.Key))
                .Done()
                .One.Text("Endpoint")
        );
    }

    [Fact]
    public void An_address_in_the_environment_goes_before_a_choice_there()
    {
        Environment.SetEnvironmentVariable("CBORG_ENDPOINT", "Local");
        Environment.SetEnvironmentVariable("CBORG_BASE_URL", _stub.Address.ToString());

        PSObject connection = Run("Get-CBorgConnection").Done().One;
        Assert.Equal(_stub.Address, connection.Get("BaseUri"));
        Assert.Null(connection.Get("Endpoint"));
        Assert.Equal("Chosen by $env:CBORG_BASE_URL.", connection.Text("EndpointReason"));
    }

    [InlineData("nearby")]
    [InlineData("2")]
    [Theory]
    public void A_choice_in_the_environment_that_is_none_is_named(string value)
    {
        Environment.SetEnvironmentVariable("CBORG_ENDPOINT", value);

        EngineRun run = Run("Get-CBorgConnection");
        Assert.StartsWith("BadRequest", run.Ended?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"$env:CBORG_ENDPOINT is '{value}'", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_and_a_choice_of_one_are_not_taken_together() =>
        Assert.StartsWith(
            "AmbiguousParameterSet",
            Run("Connect-CBorg -Endpoint Local -BaseUri $args[0]", _stub.Address).Ended?.FullyQualifiedErrorId,
            StringComparison.Ordinal
        );

    [Fact]
    public void Connecting_again_keeps_nothing_of_the_connection_before()
    {
        Run(
                "Connect-CBorg -BaseUri $args[0] -ApiKey $args[1] -DefaultModel priced -MaximumRetryCount 1",
                _stub.Address,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();

        PSObject connection = Run("Connect-CBorg -TimeoutSec 30 -PassThru -WarningAction SilentlyContinue").Done().One;
        Assert.Equal(new Uri("https://api.cborg.lbl.gov/"), connection.Get("BaseUri"));
        Assert.Null(connection.Get("Key"));
        Assert.Null(connection.Get("DefaultModel"));
        Assert.Equal(4, connection.Get("MaximumRetryCount"));
    }

    [Fact]
    public void An_address_in_the_environment_that_is_none_is_named()
    {
        Environment.SetEnvironmentVariable("CBORG_API_KEY", StubServer.Key);
        Environment.SetEnvironmentVariable("CBORG_BASE_URL", "not an address");

        foreach (string script in new[] { "Invoke-CBorgChat Hi", "Get-CBorgConnection", "Connect-CBorg", "Get-CBorgModel" })
        {
            EngineRun run = Run(script);
            Assert.StartsWith("BadRequest", run.Ended?.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("$env:CBORG_BASE_URL is 'not an address'", run.Error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_changed_key_or_address_in_the_environment_is_noticed()
    {
        using StubServer other = new();
        Environment.SetEnvironmentVariable("CBORG_API_KEY", "sk-first-0000000000001111");
        Environment.SetEnvironmentVariable("CBORG_BASE_URL", _stub.Address.ToString());
        Run("Invoke-CBorgChat Hi -Model priced").Done();

        Run("$env:CBORG_API_KEY = 'sk-second-000000000002222'; Invoke-CBorgChat Hi -Model priced").Done();
        Assert.Equal("Bearer sk-second-000000000002222", _stub.Chats[1].Headers["authorization"]);
        Assert.Equal("sk-...2222", Run("Get-CBorgConnection").One.Text("Key"));
        Assert.Equal(2, _stub.CatalogCount);

        Run("$env:CBORG_BASE_URL = $args[0]; Invoke-CBorgChat Hi -Model priced", other.Address.ToString()).Done();
        Assert.Single(other.Chats);
    }

    [Fact]
    public void A_connection_without_a_key_takes_the_environments_key_of_each_moment()
    {
        Run("Connect-CBorg -BaseUri $args[0] -WarningAction SilentlyContinue", _stub.Address).Done();
        Assert.Equal("KeyMissing,CBorg.Commands.InvokeCBorgChatCommand", Run("Invoke-CBorgChat Hi").Error.FullyQualifiedErrorId);

        Run("$env:CBORG_API_KEY = 'sk-later-0000000000003333'; Invoke-CBorgChat Hi -Model priced").Done();

        Assert.Equal("Bearer sk-later-0000000000003333", Assert.Single(_stub.Chats).Headers["authorization"]);
        Assert.Equal("sk-...3333", Run("Get-CBorgConnection").One.Text("Key"));
    }

    [Fact]
    public void Connecting_without_any_key_warns_and_says_what_to_do()
    {
        string warning = Assert.Single(Run("Connect-CBorg -BaseUri $args[0]", _stub.Address).Done().Warnings);

        Assert.Contains("-ApiKey", warning, StringComparison.Ordinal);
        Assert.Contains("$env:CBORG_API_KEY", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void PassThru_shows_the_connection_with_a_masked_key()
    {
        EngineRun run = Run(
                "Connect-CBorg -BaseUri $args[0] -ApiKey $args[1] -DefaultModel priced -TimeoutSec 30 -MaximumRetryCount 1 -PassThru",
                _stub.Address,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();

        Assert.Equal("sk-...cdef", run.One.Text("Key"));
        Assert.Equal("Connect-CBorg -ApiKey", run.One.Text("KeySource"));
        Assert.Equal("priced", run.One.Text("DefaultModel"));
        Assert.Equal(30, run.One.Get("TimeoutSec"));
        Assert.Equal(1, run.One.Get("MaximumRetryCount"));
        Assert.DoesNotContain(
            StubServer.Key,
            Run("Get-CBorgConnection | Format-List * -Force | Out-String").One.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_key_comes_from_a_credential_too()
    {
        Run(
                "Connect-CBorg -BaseUri $args[0] -ApiKey ([pscredential]::new('me', $args[1])); Invoke-CBorgChat Hi -Model priced",
                _stub.Address,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();

        Assert.Equal("Bearer " + StubServer.Key, Assert.Single(_stub.Chats).Headers["authorization"]);
    }

    [Fact]
    public void A_key_survives_its_givers_disposal()
    {
        Run(
                "$key = $args[1].Copy(); Connect-CBorg -BaseUri $args[0] -ApiKey $key; $key.Dispose(); Invoke-CBorgChat Hi -Model priced",
                _stub.Address,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();

        Assert.Single(_stub.Chats);
    }

    [Fact]
    public void The_default_model_is_that_of_the_connection_then_of_the_environment()
    {
        Environment.SetEnvironmentVariable("CBORG_MODEL", "from-environment");
        Run(
                "Connect-CBorg -BaseUri $args[0] -ApiKey $args[1] -DefaultModel from-connection; Invoke-CBorgChat Hi; Invoke-CBorgChat Hi -Model from-parameter",
                _stub.Address,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();
        Run(
                "Connect-CBorg -BaseUri $args[0] -ApiKey $args[1]; Invoke-CBorgChat Hi",
                _stub.Address,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();

        Assert.Equal(["from-connection", "from-parameter", "from-environment"], _stub.Chats.Select(chat => chat.Model));
    }

    [Fact]
    public void Disconnected_the_environment_is_in_force_again()
    {
        Environment.SetEnvironmentVariable("CBORG_API_KEY", "sk-environment-00000004444");
        Run("Connect-CBorg -BaseUri $args[0] -ApiKey $args[1]", _stub.Address, EngineSession.Secret(StubServer.Key)).Done();

        EngineRun run = Run("Disconnect-CBorg -Verbose; Get-CBorgConnection; Disconnect-CBorg").Done();

        Assert.Equal("sk-...4444", run.One.Text("Key"));
        Assert.Equal(new Uri("https://api.cborg.lbl.gov/"), run.One.Get("BaseUri"));
        Assert.NotEmpty(run.Verbose);
    }

    [Fact]
    public void A_connection_belongs_to_its_runspace()
    {
        using EngineSession other = EngineSession.Open(_stub);
        Environment.SetEnvironmentVariable("CBORG_API_KEY", "sk-environment-00000004444");

        Assert.Equal("sk-...cdef", other.Run("Get-CBorgConnection").Done().One.Text("Key"));
        Assert.Equal("sk-...4444", Run("Get-CBorgConnection").Done().One.Text("Key"));
    }

    [Fact]
    public void A_connection_survives_an_import_with_Force()
    {
        Run(
                "Connect-CBorg -BaseUri $args[0] -ApiKey $args[1]; Import-Module $args[2] -Force; Invoke-CBorgChat Hi -Model priced",
                _stub.Address,
                EngineSession.Secret(StubServer.Key),
                TestModule.Manifest
            )
            .Done();

        Assert.Single(_stub.Chats);
    }

    [Fact]
    public void A_call_ends_when_its_time_is_over()
    {
        _stub.Chat = exchange => exchange.StallAsync();
        Run("Connect-CBorg -BaseUri $args[0] -ApiKey $args[1] -TimeoutSec 1", _stub.Address, EngineSession.Secret(StubServer.Key))
            .Done();

        EngineRun run = Run("'Why?' | Invoke-CBorgChat -Model priced");

        Assert.StartsWith("CallTimeout", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.OperationTimeout, run.Error.CategoryInfo.Category);
        Assert.Contains("-TimeoutSec", run.Error.ToString(), StringComparison.Ordinal);
    }
}
