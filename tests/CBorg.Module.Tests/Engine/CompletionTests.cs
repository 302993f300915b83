using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

public sealed class CompletionTests : IDisposable
{
    private readonly StubServer _stub = new();
    private readonly EngineSession? _session;

    public CompletionTests() => _session = EngineSession.Open(_stub);

    public void Dispose()
    {
        _session?.Dispose();
        _stub.Dispose();
    }

    [InlineData("Invoke-CBorgChat -Model ", "'odd name (beta)',lbl/cborg-chat,priced")]
    [InlineData("Invoke-CBorgChat -Model chat", "lbl/cborg-chat")]
    [InlineData("Invoke-CBorgChat -Model PRI", "priced")]
    [InlineData("Invoke-CBorgChat -Model 'odd", "'odd name (beta)'")]
    [InlineData("Invoke-CBorgChat -Model zzz", "")]
    [InlineData("New-CBorgEmbedding -Model ", "lbl/nomic-embed-text")]
    [InlineData("Measure-CBorgCost -Model p", "priced")]
    [InlineData("Get-CBorgModel lbl", "lbl/cborg-chat,lbl/nomic-embed-text")]
    [InlineData("Connect-CBorg -DefaultModel p", "priced")]
    [Theory]
    public void Names_of_models_come_from_the_catalogue(string line, string expected)
    {
        _session!.Run("Get-CBorgModel | Out-Null").Done();

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), Complete(line).Order(StringComparer.Ordinal));
        Assert.Equal(1, _stub.CatalogCount);
    }

    [Fact]
    public void Without_a_catalogue_it_is_fetched()
    {
        // The first key press may have to give up its short wait; the fetch goes on and serves a later one.
        string[] found = [];
        Stopwatch watch = Stopwatch.StartNew();
        while (found.Length == 0 && watch.Elapsed < TestTimeout.Long)
        {
            found = Complete("Invoke-CBorgChat -Model pri");
        }

        Assert.Equal(["priced"], found);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_costs_no_error_and_no_felt_wait()
    {
        _stub.Catalog = exchange => exchange.StallAsync();

        string[] found = await Task.Run(() => Complete("Invoke-CBorgChat -Model pri")).WaitAsync(TestTimeout.Hang);

        Assert.Equal([], found);
        Assert.Equal([], Errors());
    }

    [Fact]
    public void A_service_that_is_down_costs_no_error()
    {
        _session!.Connect(new Uri("http://127.0.0.1:9"));

        Assert.Equal([], Complete("Invoke-CBorgChat -Model pri"));
        Assert.Equal([], Errors());
    }

    [Fact]
    public void A_key_that_may_not_see_models_costs_no_error()
    {
        _stub.Catalog = exchange => exchange.ErrorAsync(401, "auth_error", "Authentication Error, Only proxy admin can do this");

        Assert.Equal([], Complete("Invoke-CBorgChat -Model pri"));
        Assert.Equal([], Errors());
    }

    [InlineData("Get-CBorgModel -Mode emb", "embedding")]
    [InlineData("Get-CBorgModel -Mode chat, emb", "embedding")]
    [InlineData("Get-CBorgModel -Capability vis", "vision")]
    [InlineData("Get-CBorgModel -Mode 'emb", "embedding")]
    [InlineData("Get-CBorgModel -Capability web", "web_search")]
    [InlineData("Invoke-CBorgChat -ReasoningEffort m", "medium,minimal")]
    [InlineData("Start-CBorgEmulator -LiteLLM 1.8", "1.81")]
    [InlineData("Invoke-CBorgRestMethod -Method P", "PATCH,POST,PUT")]
    [Theory]
    public void Words_complete(string line, string expected) =>
        Assert.Equal(expected.Split(','), Complete(line).Order(StringComparer.Ordinal));

    [Fact]
    public void A_tip_tells_the_underlying_model_and_its_price()
    {
        _session!.Run("Get-CBorgModel | Out-Null").Done();

        string tip = _session
            .Run("(TabExpansion2 'Invoke-CBorgChat -Model pri').CompletionMatches[0].ToolTip")
            .Done()
            .One.ToString();

        Assert.Equal("openai/gpt-x, 2/8 USD per million tokens", tip);
    }

    /// <summary>Names as a server might give them to whoever completes them.</summary>
    public static TheoryData<string> HostileNames =>
        [
            "a’;New-Item x;’",
            "a‘b",
            "a‚b‛c",
            "a'b''c",
            "a“b”„c\"d",
            "$(New-Item x)",
            "$env:CBORG_API_KEY",
            "@splat",
            "a`b",
            "a;b",
            "a|b&c",
            "a{b}",
            "{New-Item x}",
            "a(b)",
            "a,b",
            "-Verbose",
            "–Verbose",
            "—Force",
            "--%",
            "--",
            "#comment",
            "a #b",
            "<#x#>",
            "a>b",
            "2>x",
            "a[b]",
            "*",
            "~/x",
            "1kb",
            "0x10",
            "1..5",
            "%",
            "?",
            "!a",
            "a b",
            "a\u00a0b",
            "a\u2003b",
            "[int]",
            ".\\x",
            "\\\\host\\share",
            "a=b",
            "模型",
            "gpt:free",
            "a/b.c_d-e",
            "if",
        ];

    /// <summary>What is inserted is one command with one argument, the name itself.</summary>
    [MemberData(nameof(HostileNames))]
    [Theory]
    public void A_name_is_completed_to_itself_whatever_is_in_it(string name)
    {
        Offer(name);

        const string Line = "Invoke-CBorgChat -Model ";
        string inserted = Assert.Single(Complete(Line));

        ScriptBlockAst script = Parser.ParseInput(Line + inserted + " Hello", out _, out ParseError[] errors);
        Assert.Empty(errors);
        StatementAst statement = Assert.Single(script.EndBlock.Statements);
        CommandAst command = Assert.IsType<CommandAst>(Assert.Single(Assert.IsType<PipelineAst>(statement).PipelineElements));
        Assert.Equal(4, command.CommandElements.Count);
        Assert.Empty(command.Redirections);
        Assert.Equal(name, Assert.IsType<StringConstantExpressionAst>(command.CommandElements[2]).Value);
    }

    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\tb")]
    [InlineData("a\u001b[2Jb")]
    [InlineData("a\u009b2Jb")]
    [InlineData("a\u0000b")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2028b")]
    [InlineData("")]
    [Theory]
    public void A_name_with_characters_that_nobody_would_see_is_not_offered(string name)
    {
        Offer(name);

        Assert.Equal([], Complete("Invoke-CBorgChat -Model "));
    }

    [Fact]
    public void A_tip_does_nothing_to_the_screen()
    {
        Offer("plain", "openai/\u001b]52;c;eA==\u0007\u202e");

        string tip = _session!
            .Run("(TabExpansion2 'Invoke-CBorgChat -Model pl').CompletionMatches[0].ToolTip")
            .Done()
            .One.ToString();

        Assert.Equal("openai/␛]52;c;eA==␇<U+202E>", tip);
    }

    [Fact]
    public void A_name_with_brackets_is_no_pattern_where_patterns_are_taken()
    {
        Offer("a[b]");

        string inserted = Assert.Single(Complete("Get-CBorgModel -Name "));

        Assert.Equal("a[b]", _session!.Run($"(Get-CBorgModel -Name {inserted}).Name").Done().One.ToString());
    }

    /// <summary>Puts one model into the catalogue.</summary>
    private void Offer(string name, string underlying = "openai/x")
    {
        string catalogue = JsonSerializer.Serialize(
            new
            {
                data = new[]
                {
                    new
                    {
                        model_name = name,
                        litellm_params = new { model = underlying },
                        model_info = new { id = "dep-1", mode = "chat" },
                    },
                },
            }
        );
        _stub.Catalog = exchange => exchange.JsonAsync(200, catalogue);
        _session!.Run("Get-CBorgModel -Force | Out-Null").Done();
    }

    private string[] Complete(string line)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = _session!.Runspace;
        return
        [
            .. CommandCompletion
                .CompleteInput(line, line.Length, null, shell)
                .CompletionMatches.Where(match => match.ResultType == CompletionResultType.ParameterValue)
                .Select(match => match.CompletionText),
        ];
    }

    private string[] Errors() => [.. _session!.Run("$Error").Texts];
}
