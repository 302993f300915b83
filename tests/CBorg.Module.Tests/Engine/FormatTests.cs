using System;
using System.Collections.Generic;
using System.Linq;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>How objects look on a terminal of 80 columns.</summary>
public sealed class FormatTests : IDisposable
{
    private const string LongModel = "vertex_ai/a-model-with-a-very-long-name-indeed-20251231-preview";

    private static readonly Dictionary<string, string> s_objects = new()
    {
        ["ChatResult"] =
            $$"""[CBorg.ChatResult]@{ Text = ('word ' * 60) + "`nnext line"; Model = '{{LongModel}}'; ResolvedModel = 'x'; PromptTokens = 123456; CompletionTokens = 99999; CachedTokens = 100000; Cost = 12.345678; CostSource = 'ListPrice'; Duration = '00:10:01'; Attempts = 3; Input = 'Why?'; Messages = [CBorg.ChatMessage[]]@([CBorg.ChatMessage]::new('user', 'Why?')) }""",
        ["ChatDelta"] = $$"""[CBorg.ChatDelta]@{ Text = "a`nb"; Model = '{{LongModel}}'; Count = 12345 }""",
        ["ChatMessage"] =
            """[CBorg.ChatMessage]@{ Role = 'user'; Content = 'word ' * 60; Images = [CBorg.ChatImage[]]@([CBorg.ChatImage]::new('https://x.test/' + 'a' * 100)) }""",
        ["ChatToolCall"] = """[CBorg.ChatToolCall]@{ Id = 'c1'; Name = 'look'; Arguments = '{"at":"sky"}' }""",
        ["ChatChoice"] =
            """[CBorg.ChatChoice]@{ Index = 0; FinishReason = 'stop'; Message = [CBorg.ChatMessage]::new('assistant', 'B') }""",
        ["Model"] =
            $$"""[CBorg.Model]@{ Name = '{{LongModel}}'; Mode = 'image_generation'; UnderlyingModel = '{{LongModel}}'; Provider = 'vertex_ai-language-models'; MaxInputTokens = 1048576; MaxOutputTokens = 65536; InputPrice = 1234.567; OutputPrice = 0.075; SupportsVision = $true; SupportsFunctionCalling = $true; SupportsReasoning = $true; SupportsResponseSchema = $true; SupportsPromptCaching = $true; SupportsPdfInput = $true; DeploymentCount = 12 }""",
        ["ModelDeployment"] =
            $$"""[CBorg.ModelDeployment]@{ Id = 'x' * 64; ModelName = '{{LongModel}}'; SupportedParameters = [string[]]@('a', 'b') }""",
        ["Embedding"] =
            $$"""[CBorg.Embedding]@{ Text = 'word ' * 60; Kind = 'Document'; Model = '{{LongModel}}'; Tokens = 123456; Vector = [float[]](1..768) }""",
        ["EmbeddingMatch"] =
            """[CBorg.EmbeddingMatch]@{ Text = "word`n" * 60; Similarity = -0.123456789; Reference = 'Why?'; Model = 'x' }""",
        ["SpendInfo"] =
            """[CBorg.SpendInfo]@{ Scope = 'User'; Name = 'somebody.with.a.long.name@lbl.gov'; Spend = 12345.678; MaxBudget = 50; Remaining = 0; PercentUsed = 24691.356; BudgetDuration = '1mo'; BudgetResetAt = [datetimeoffset]'2026-12-01T00:00:00Z'; AsOf = [datetimeoffset]::Now }""",
        ["DailySpend"] =
            $$"""[CBorg.DailySpend]@{ Date = [datetime]'2026-11-22'; Model = '{{LongModel}}'; Spend = 12.3456; PromptTokens = 123456789; CompletionTokens = 1234567890; Requests = 12345 }""",
        ["CostEstimate"] =
            $$"""[CBorg.CostEstimate]@{ Model = '{{LongModel}}'; PromptTokens = 1234567; TokenSource = 'Server'; MaxTokens = 65536; LowCost = 0.00000123; HighCost = 123.45; Source = 'ListPrice' }""",
        ["RateLimit"] =
            $$"""[CBorg.RateLimit]@{ Scope = 'model {{LongModel}}'; Type = 'Requests'; Limit = 123456789; Used = 12345678; ResetsAt = [datetime]'2026-11-22 10:11:12'; Origin = 'AccountInfo'; Age = '00:10:00'; Waiting = 1234 }""",
        ["ConnectionCheck"] =
            """[CBorg.ConnectionCheck]@{ Step = 'Models visible'; Outcome = 'Warning'; Detail = 'word ' * 30; Advice = 'Do this. ' * 10; Duration = '00:00:01.5' }""",
        ["ConnectionInfo"] =
            $$"""[CBorg.ConnectionInfo]@{ BaseUri = 'https://a.rather.long.host.name.example.com/with/a/path/below/it/'; Key = 'sk-...abcd'; KeySource = '$env:CBORG_API_KEY'; DefaultModel = '{{LongModel}}' }""",
        ["KeyInfo"] =
            """[CBorg.KeyInfo]@{ Key = 'sk-...abcd'; Alias = 'somebody.with.a.long.name@lbl.gov'; UserId = 'x' * 36; Spend = 1.5; Expires = [datetimeoffset]'2026-12-01T00:00:00Z'; Models = [string[]]@('a', 'b'); AllowedRoutes = [string[]]@('/x') }""",
        ["RestResponse"] =
            """[CBorg.RestResponse]@{ StatusCode = 200; ContentType = 'application/json'; CallId = 'x' * 36; Body = '{"a":1}' * 30 }""",
        ["EmulatorInfo"] =
            """[CBorg.EmulatorInfo]@{ BaseUri = 'http://127.0.0.1:12345/'; ControlUri = 'http://127.0.0.1:12345/control/'; ProcessId = 1234567; LiteLLM = '1.102' }""",
        ["ErrorFacts"] =
            """[CBorg.ErrorFacts]@{ StatusCode = 400; Type = 'budget_exceeded'; ServerMessage = 'word ' * 40; Body = '{}' }""",
    };

    private readonly EngineSession? _session = EngineSession.Open();

    public void Dispose() => _session?.Dispose();

    [InlineData("ChatResult")]
    [InlineData("ChatDelta")]
    [InlineData("ChatMessage")]
    [InlineData("ChatToolCall")]
    [InlineData("ChatChoice")]
    [InlineData("Model")]
    [InlineData("ModelDeployment")]
    [InlineData("Embedding")]
    [InlineData("EmbeddingMatch")]
    [InlineData("SpendInfo")]
    [InlineData("DailySpend")]
    [InlineData("CostEstimate")]
    [InlineData("ConnectionCheck")]
    [InlineData("ConnectionInfo")]
    [InlineData("KeyInfo")]
    [InlineData("RestResponse")]
    [InlineData("EmulatorInfo")]
    [InlineData("ErrorFacts")]
    [Theory]
    public void An_object_fits_80_columns_and_shows_no_types_of_NET(string type)
    {
        foreach (string view in new[] { "", "| Format-List", "| Format-Table" })
        {
            string text = _session!.Run($"$o = {s_objects[type]}; ($o, $o) {view} | Out-String -Width 80").Done().One.ToString();
            Assert.NotEqual("", text.Trim());
            Assert.All(
                text.Split('\n'),
                line => Assert.True(line.TrimEnd('\r').Length <= 80, $"{view}: {line.Length} columns: {line}")
            );
            Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Dictionary", text, StringComparison.Ordinal);
            Assert.DoesNotContain("[]", text, StringComparison.Ordinal);
        }
    }

    /// <summary>Titles, colours, the clipboard, the cursor, C1 and words turned around: shown, not obeyed.</summary>
    [InlineData("[CBorg.ChatResult]@{ Text = $x; Model = $x }", "")]
    [InlineData("[CBorg.ChatResult]@{ Text = ''; FinishReason = $x; Model = $x }", "")]
    [InlineData("[CBorg.ChatResult]@{ Text = $x; Model = $x }", "| Format-Table")]
    [InlineData("[CBorg.ChatDelta]@{ Text = $x; Model = $x }", "")]
    [InlineData("[CBorg.Model]@{ Name = $x; Mode = $x }", "")]
    [InlineData("[CBorg.Embedding]@{ Text = $x; Model = $x }", "")]
    [InlineData("[CBorg.EmbeddingMatch]@{ Text = $x }", "")]
    [InlineData("[CBorg.SpendInfo]@{ Name = $x }", "")]
    [InlineData("[CBorg.DailySpend]@{ Model = $x }", "")]
    [InlineData("[CBorg.CostEstimate]@{ Model = $x }", "")]
    [InlineData("[CBorg.RateLimit]@{ Scope = $x }", "")]
    [InlineData("[CBorg.ConnectionCheck]@{ Step = 'Key'; Detail = $x; Advice = $x }", "")]
    [InlineData("[CBorg.ConnectionInfo]@{ DefaultModel = $x; EndpointReason = $x }", "")]
    [InlineData("[CBorg.KeyInfo]@{ Alias = $x; UserId = $x; TeamId = $x }", "")]
    [InlineData("[CBorg.RestResponse]@{ ContentType = $x; Body = $x; CallId = $x }", "")]
    [Theory]
    public void Control_characters_are_shown_and_not_obeyed(string hostile, string view)
    {
        string text = _session!
            .Run(
                $"$x = \"`e]0;t`a`e[31mr`e]52;c;eA==`a`b`u{{9b}}2J`u{{202e}}x`u{{2066}}`r\"; {hostile} {view} | Out-String -Width 300"
            )
            .Done()
            .One.ToString();

        Assert.DoesNotContain(
            text.Replace(Environment.NewLine, "\n", StringComparison.Ordinal),
            c => (char.IsControl(c) && c != '\n') || c is '\u202e' or '\u2066'
        );
        Assert.Contains("␛]0;t␇", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_that_a_cmdlet_gives_is_looked_at()
    {
        string[] given =
        [
            .. _session!
                .Run(
                    "(Get-Command -Module CBorg).OutputType.Type.FullName | Where-Object { $_ -like 'CBorg.*' } | ForEach-Object { $_.Substring(6) } | Sort-Object -Unique"
                )
                .Done()
                .Texts,
        ];

        Assert.NotEmpty(given);
        Assert.Empty(given.Except(s_objects.Keys));
    }

    [Fact]
    public void An_answer_is_shown_as_text_with_one_line_about_it()
    {
        string text = _session!
            .Run(
                "[CBorg.ChatResult]@{ Text = 'B'; Model = 'm'; PromptTokens = 10; CompletionTokens = 1; Cost = 0.00006; CostSource = 'ListPrice'; Duration = '00:00:01.5'; Attempts = 2 } | Out-String -Width 80"
            )
            .Done()
            .One.ToString();

        Assert.Equal(
            ["B", "— m · 10+1 tokens · ~$0.00006 · 1.5 s · 2 attempts"],
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Where(line => line.Length > 0)
        );
    }

    [InlineData("Free", "0", "free")]
    [InlineData("Unknown", "$null", "cost unknown")]
    [InlineData("Header", "1.5", "$1.50")]
    [InlineData("ListPrice", "0.0000001", "~$0.0000001")]
    [InlineData("ListPrice", "0.000000001", "~$0.000000001")]
    [InlineData("Stream", "0.0123456", "$0.0123")]
    [Theory]
    public void A_cost_is_shown_with_its_certainty(string source, string cost, string shown)
    {
        string text = _session!
            .Run(
                $"[CBorg.ChatResult]@{{ Text = 'B'; Model = 'm'; Cost = {cost}; CostSource = '{source}' }} | Out-String -Width 80"
            )
            .Done()
            .One.ToString();

        Assert.Contains($"— m · {shown}", text, StringComparison.Ordinal);
    }
}
