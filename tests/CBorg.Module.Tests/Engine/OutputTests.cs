using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

public sealed class OutputTests : IDisposable
{
    private static readonly string[] s_columns =
    [
        "Text",
        "Model",
        "ResolvedModel",
        "FinishReason",
        "PromptTokens",
        "CompletionTokens",
        "CachedTokens",
        "ReasoningTokens",
        "Cost",
        "CostSource",
        "Duration",
        "TimeToFirstToken",
        "Attempts",
        "CallId",
        "Input",
    ];

    private readonly StubServer _stub = new();
    private readonly EngineSession? _session;

    public OutputTests() => _session = EngineSession.Open(_stub);

    public void Dispose()
    {
        _session?.Dispose();
        _stub.Dispose();
    }

    private EngineRun Run(string script, params object?[] arguments) => _session!.Run(script, arguments);

    [Fact]
    public void One_result_for_each_input_in_their_order()
    {
        _stub.Chat = exchange => exchange.AnswerAsync("re: " + exchange.Request.Messages[^1]);

        EngineRun run = Run("'one', 'two', 'three' | Invoke-CBorgChat -Model priced").Done();

        Assert.Equal(["re: user: one", "re: user: two", "re: user: three"], run.Output.Select(result => result!.Text("Text")));
        Assert.Equal(["one", "two", "three"], run.Output.Select(result => result!.Text("Input")));
    }

    [Fact]
    public void A_result_tells_all_that_the_proxy_told()
    {
        PSObject result = Run("Invoke-CBorgChat 'What letter comes after A?' -Model priced").Done().One;

        Assert.Equal("CBorg.ChatResult", result.BaseObject.GetType().FullName);
        Assert.Equal("priced", result.Text("Model"));
        Assert.Equal("openai/gpt-x", result.Text("ResolvedModel"));
        Assert.Equal("stop", result.Text("FinishReason"));
        Assert.Equal(10L, result.Get("PromptTokens"));
        Assert.Equal(5L, result.Get("CompletionTokens"));
        Assert.Null(result.Get("CachedTokens"));
        Assert.Equal(0.00006m, result.Get("Cost"));
        Assert.Equal("ListPrice", result.Text("CostSource"));
        Assert.Equal(1, result.Get("Attempts"));
        Assert.Equal(StubReplies.CallId, result.Text("CallId"));
        Assert.True(result.Get<TimeSpan>("Duration") > TimeSpan.Zero);
        Assert.NotNull(result.Get("TimeToFirstToken"));
    }

    [Fact]
    public void A_row_of_CSV_has_exactly_the_flat_columns()
    {
        string[] rows = [.. Run("Invoke-CBorgChat Hi -Model priced | ConvertTo-Csv").Done().Texts];

        Assert.Equal(s_columns.Select(column => $"\"{column}\""), rows[0].Split(','));
        Assert.DoesNotContain("System.", rows[1], StringComparison.Ordinal);
    }

    [InlineData("Get-CBorgModel priced")]
    [InlineData("Get-CBorgConnection")]
    [InlineData("Invoke-CBorgChat Hi -Stream -Model priced | Select-Object -Last 1")]
    [Theory]
    public void Rows_of_CSV_hold_scalars_only(string script)
    {
        string[] rows = [.. Run($"{script} | ConvertTo-Csv").Done().Texts];

        Assert.DoesNotContain("System.", string.Concat(rows), StringComparison.Ordinal);
        Assert.DoesNotContain("CBorg.", string.Concat(rows), StringComparison.Ordinal);
    }

    [InlineData("$null -eq $r.Raw", "True")]
    [InlineData("$r.Messages.Count", "2")]
    [InlineData("$r.Messages[-1].Content", "B")]
    [InlineData("$r.Messages[0].Content", "Hi")]
    [InlineData("$r.Choices[0].FinishReason", "stop")]
    [InlineData("(Get-CBorgModel priced).Deployments[0].Id", "dep-priced")]
    [InlineData("$r.Headers['x-litellm-version']", "1.81.9")]
    [InlineData("$r.Headers['X-LiteLLM-Version']", "1.81.9")]
    [InlineData("$r.ToolCalls.Count", "0")]
    [InlineData("$r.Choices.Count", "1")]
    [InlineData("\"$r\"", "B")]
    [Theory]
    public void What_a_row_hides_is_still_there(string expression, string expected) =>
        Assert.Equal(expected, Run($"$r = Invoke-CBorgChat Hi -Model priced; {expression}").Done().One.ToString());

    [Fact]
    public void Tool_calls_come_with_their_arguments()
    {
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.EventAsync(
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"look","arguments":"{\"at\":"}}]},"finish_reason":null}]}"""
            );
            await exchange.EventAsync(
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"sky\"}"}}]},"finish_reason":null}]}"""
            );
            await exchange.EndStreamAsync("tool_calls");
        });

        EngineRun run = Run("$r = Invoke-CBorgChat Hi -Model priced; \"$($r.ToolCalls)\"; $r | Out-String").Done();

        Assert.Equal("look({\"at\":\"sky\"})", run.Texts[0]);
        Assert.Contains("[calls look", run.Texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_emits_its_pieces_and_the_last_carries_the_result()
    {
        _stub.Next(exchange => exchange.AnswerAsync("One |two |three"));

        EngineRun run = Run("Invoke-CBorgChat Hi -Model priced -Stream").Done();

        Assert.All(run.Output, piece => Assert.Equal("CBorg.ChatDelta", piece!.BaseObject.GetType().FullName));
        Assert.Equal(["One ", "two ", "three", ""], run.Output.Select(piece => piece!.Text("Text")));
        Assert.All(run.Output.SkipLast(1), piece => Assert.Null(piece!.Get("Result")));
        Assert.Equal("One two three", PSObject.AsPSObject(run.Output[^1]!.Get("Result")!).Text("Text"));
    }

    [Fact]
    public async Task Pieces_come_while_the_answer_is_still_being_written()
    {
        TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.PieceAsync("First");
            await goOn.Task.WaitAsync(TestTimeout.Long);
            await exchange.EndStreamAsync();
        });
        using EngineWork work = _session!.Start("Invoke-CBorgChat Hi -Model priced -Stream");

        await work.OutputAsync();
        goOn.SetResult();

        Assert.Equal(2, (await work.EndAsync()).Done().Output.Count);
    }

    [Fact]
    public void Without_a_stream_the_body_does_not_ask_for_one_and_the_cost_is_the_headers()
    {
        PSObject result = Run("Invoke-CBorgChat Hi -Model priced -NoStream").Done().One;

        Assert.False(Assert.Single(_stub.Chats).Json.TryGetProperty("stream", out _));
        Assert.Equal(0.00123m, result.Get("Cost"));
        Assert.Equal("Header", result.Text("CostSource"));
    }

    [Fact]
    public void A_cost_that_cannot_be_known_is_null_and_says_so()
    {
        _stub.Catalog = exchange =>
            exchange.ErrorAsync(401, "auth_error", "Authentication Error, Virtual key is not allowed to call this route.");

        PSObject result = Run("Invoke-CBorgChat Hi -Model priced").Done().One;

        Assert.Equal("B", result.Text("Text"));
        Assert.Null(result.Get("Cost"));
        Assert.Equal("Unknown", result.Text("CostSource"));
    }

    [Fact]
    public void Progress_is_told_at_most_five_times_a_second_and_taken_away_at_the_end()
    {
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            for (int i = 0; i < 60; i++)
            {
                await exchange.PieceAsync($"word{i} ");
                await Task.Delay(20);
            }

            await exchange.EndStreamAsync();
        });
        Stopwatch watch = Stopwatch.StartNew();

        EngineRun run = Run("Invoke-CBorgChat Hi -Model priced").Done();

        double seconds = watch.Elapsed.TotalSeconds;
        ProgressRecord[] shown = [.. run.Progress.Where(record => record.RecordType == ProgressRecordType.Processing)];
        Assert.InRange(shown.Length, 2, (int)Math.Ceiling(seconds * 5) + 1);
        Assert.All(shown, record => Assert.Equal("priced", record.Activity));
        Assert.Contains("tokens", shown[^1].StatusDescription, StringComparison.Ordinal);
        Assert.Contains("word", shown[^1].StatusDescription, StringComparison.Ordinal);
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        Assert.Single(run.Progress, record => record.RecordType == ProgressRecordType.Completed);
        Assert.Single(run.Progress.Select(record => record.ActivityId).Distinct());
    }

    [InlineData("$ProgressPreference = 'SilentlyContinue'; Invoke-CBorgChat Hi -Model priced")]
    [InlineData("$ProgressPreference = 'Ignore'; Invoke-CBorgChat Hi -Model priced")]
    [InlineData("Invoke-CBorgChat Hi -Model priced -ProgressAction SilentlyContinue")]
    [Theory]
    public void Nobody_sees_progress_who_does_not_want_to(string script)
    {
        _stub.Next(exchange => exchange.AnswerAsync("One |two |three"));

        Assert.Empty(Run(script).Done().Progress);
    }

    [Fact]
    public void Verbose_says_what_is_sent_and_what_came()
    {
        IReadOnlyList<string> verbose = Run("Invoke-CBorgChat Hi -Model priced -Verbose").Done().Verbose;

        Assert.Contains(
            verbose,
            text => text.StartsWith("POST 127.0.0.1/chat/completions (priced), attempt 1", StringComparison.Ordinal)
        );
        Assert.Contains(
            verbose,
            text =>
                text.StartsWith("status 200 after ", StringComparison.Ordinal)
                && text.Contains(StubReplies.CallId, StringComparison.Ordinal)
        );
        Assert.Single(
            verbose,
            text => text.StartsWith("priced: done, 10+5 tokens, ~$0.00006, 1 attempt, ", StringComparison.Ordinal)
        );
        Assert.Empty(Run("Invoke-CBorgChat Hi -Model priced").Done().Verbose);
    }

    [Fact]
    public void Verbose_says_of_a_call_that_failed_what_became_of_it()
    {
        _stub.Next(exchange => exchange.ErrorAsync(400, null, "litellm.BadRequestError: no"));

        IReadOnlyList<string> verbose = Run("Invoke-CBorgChat Hi -Model priced -Verbose").Verbose;

        Assert.Single(verbose, text => text.StartsWith("priced: failed (BadRequest), 1 attempt, ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_that_was_cut_warns()
    {
        _stub.Next(exchange => exchange.AnswerAsync("Once upon a", "length"));

        EngineRun run = Run("Invoke-CBorgChat Hi -Model priced -MaxTokens 5").Done();

        string warning = Assert.Single(run.Warnings);
        Assert.Contains("cut after 5 tokens", warning, StringComparison.Ordinal);
        Assert.Contains("-MaxTokens", warning, StringComparison.Ordinal);
        Assert.Equal("length", run.One.Text("FinishReason"));
    }

    [Fact]
    public void A_plain_answer_to_a_request_for_a_stream_is_taken()
    {
        _stub.Next(exchange => exchange.JsonAsync(200, StubReplies.Body("B", "stop"), StubReplies.CallHeaders));

        EngineRun run = Run("Invoke-CBorgChat Hi -Model priced").Done();

        Assert.Equal("B", run.One.Text("Text"));
    }

    [Fact]
    public void A_retry_is_told_and_counted()
    {
        _stub.Next(exchange =>
            exchange.ErrorAsync(500, null, "litellm.InternalServerError: OpenAIException - overloaded", "retry-after: 0\r\n")
        );
        using EngineSession session = EngineSession.Open(_stub, retries: 1);

        EngineRun run = session.Run("Invoke-CBorgChat Hi -Model priced -Verbose").Done();

        Assert.Equal(2, run.One.Get("Attempts"));
        Assert.Contains(run.Verbose, text => text.StartsWith("ProviderFault: trying again in ", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
    }

    [Fact]
    public void Any_route_gives_objects()
    {
        _stub.Other = exchange => exchange.JsonAsync(200, """[{"a":1,"b":{"c":[true]}},{"a":2}]""");

        EngineRun run = Run(
                "Invoke-CBorgRestMethod /x | ForEach-Object a; (Invoke-CBorgRestMethod x)[0].b.c[0]; (Invoke-CBorgRestMethod /x -Raw).StatusCode"
            )
            .Done();

        Assert.Equal(["1", "2", "True", "200"], run.Texts);
    }

    [InlineData("@{ a = @(1, 2) }", """{"a":[1,2]}""")]
    [InlineData("'{\"a\": 1}'", """{"a": 1}""")]
    [InlineData("([pscustomobject]@{ a = 1 } | Add-Member -PassThru ScriptProperty b { $this.a + 1 })", """{"a":1,"b":2}""")]
    [Theory]
    public void Any_route_takes_a_body(string body, string expected)
    {
        _stub.Other = exchange => exchange.JsonAsync(200, """{"ok":true}""");

        Run($"Invoke-CBorgRestMethod /x -Body {body}").Done();

        StubRequest sent = Assert.Single(_stub.Requests);
        Assert.Equal("POST", sent.Method);
        Assert.Equal(expected, sent.Body);
    }

    [Fact]
    public void Every_request_carries_key_agent_and_accept()
    {
        Run("Invoke-CBorgChat Hi -Model priced; Invoke-CBorgRestMethod /x -ErrorAction Ignore").Done();

        Assert.All(
            _stub.Requests,
            request =>
            {
                Assert.Equal("Bearer " + StubServer.Key, request.Headers["authorization"]);
                Assert.StartsWith("CBorg-PowerShell/", request.Headers["user-agent"], StringComparison.Ordinal);
                Assert.Contains("application/json", request.Headers["accept"], StringComparison.Ordinal);
            }
        );
    }

    [InlineData("Get-CBorgModel pri*", "priced")]
    [InlineData("Get-CBorgModel PRICED", "priced")]
    [InlineData("Get-CBorgModel -Mode embedding", "lbl/nomic-embed-text")]
    [InlineData("Get-CBorgModel -Capability supports_vision, FunctionCalling", "priced")]
    [InlineData("Get-CBorgModel -OnPrem -Mode chat", "lbl/cborg-chat")]
    [InlineData("Get-CBorgModel -OnPrem:$false -MaxInputPrice 1", "odd name (beta)")]
    [InlineData("'pri*' | Get-CBorgModel", "priced")]
    [Theory]
    public void Models_are_found(string script, string expected) => Assert.Equal(expected, Run(script).Done().One.ToString());

    [Fact]
    public void A_models_prices_are_per_million_tokens_and_what_is_unknown_is_null()
    {
        PSObject model = Run("Get-CBorgModel priced").Done().One;

        Assert.Equal(2m, model.Get("InputPrice"));
        Assert.Equal(8m, model.Get("OutputPrice"));
        Assert.Null(model.Get("CacheReadPrice"));
        Assert.Equal(true, model.Get("SupportsVision"));
        Assert.Null(model.Get("SupportsReasoning"));
    }

    [Fact]
    public void The_catalogue_is_asked_for_once_and_again_when_forced()
    {
        Run("Get-CBorgModel; Get-CBorgModel; Invoke-CBorgChat Hi -Model priced").Done();
        Assert.Equal(1, _stub.CatalogCount);

        Run("'priced', 'lbl/*' | Get-CBorgModel -Force").Done();
        Assert.Equal(2, _stub.CatalogCount);
    }
}
