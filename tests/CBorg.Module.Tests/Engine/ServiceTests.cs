using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>Embeddings, spend, key, cost and the connection's check, against an offline CBorg.</summary>
public sealed class ServiceTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private EngineRun Run(string script, string key = "personal")
    {
        using EngineSession session = emulator.Open(key);
        return session.Run(script);
    }

    [Fact]
    public void Documents_come_back_in_order_with_a_vector_each()
    {
        EngineRun run = Run("'Apple', 'Bread', 'Orange' | New-CBorgEmbedding; New-CBorgEmbedding 'one', 'two'").Done();

        Assert.Equal(["Apple", "Bread", "Orange", "one", "two"], run.Output.Select(embedding => embedding!.Text("Text")));
        Assert.All(run.Output, embedding => Assert.Equal("Document", embedding!.Text("Kind")));
        Assert.All(run.Output, embedding => Assert.Equal(768, embedding!.Get("Dimension")));
        Assert.All(run.Output, embedding => Assert.Equal("CBorg.Embedding", embedding!.BaseObject.GetType().FullName));
    }

    [Fact]
    public void A_thousand_documents_keep_their_order()
    {
        EngineRun run = Run("1..1000 | ForEach-Object { \"Text $_\" } | New-CBorgEmbedding").Done();

        Assert.Equal(Enumerable.Range(1, 1000).Select(i => $"Text {i}"), run.Output.Select(embedding => embedding!.Text("Text")));
    }

    [Fact]
    public void A_query_and_a_document_of_one_text_differ()
    {
        EngineRun run = Run(
                "$q = New-CBorgEmbedding -Query 'Apple'; $d = New-CBorgEmbedding 'Apple'; $q.Kind; (Compare-CBorgEmbedding -Reference $q -InputObject $d).Similarity -lt 0.9999999"
            )
            .Done();

        Assert.Equal(["Query", "True"], run.Texts);
    }

    [Fact]
    public void The_nearest_come_first()
    {
        EngineRun run = Run(
                """
                $q = New-CBorgEmbedding -Query 'ripe orange fruit'
                'steel bridge', 'an orange is a fruit', 'orange juice of ripe fruit', 'quantum field' | New-CBorgEmbedding | Compare-CBorgEmbedding -Reference $q -Top 2
                """
            )
            .Done();

        Assert.Equal(2, run.Output.Count);
        Assert.All(run.Output, match => Assert.Contains("orange", match!.Text("Text"), StringComparison.Ordinal));
        Assert.True(run.Output[0]!.Get<double>("Similarity") >= run.Output[1]!.Get<double>("Similarity"));
    }

    [Fact]
    public void A_text_is_as_near_to_itself_as_can_be()
    {
        Assert.Equal(
            "1",
            Run("$a = New-CBorgEmbedding 'Apple'; ($a | Compare-CBorgEmbedding $a).Similarity").Done().One.ToString()
        );
    }

    [Fact]
    public void Vectors_that_cannot_be_compared_fail_alone()
    {
        EngineRun run = Run(
            """
            $a = [CBorg.Embedding]@{ Text = 'a'; Model = 'x'; Vector = [float[]](1, 2) }
            $b = [CBorg.Embedding]@{ Text = 'b'; Model = 'y'; Vector = [float[]](1, 2) }
            $c = [CBorg.Embedding]@{ Text = 'c'; Model = 'x'; Vector = [float[]](1, 2, 3) }
            $d = [CBorg.Embedding]@{ Text = 'd'; Model = 'x'; Vector = [float[]](2, 4) }
            $b, $c, $d | Compare-CBorgEmbedding -Reference $a
            """
        );

        Assert.Equal("d", run.One.Text("Text"));
        Assert.Equal(1.0, run.One.Get<double>("Similarity"), 12);
        Assert.Equal(["b", "c"], run.Errors.Select(error => PSObject.AsPSObject(error.TargetObject).Text("Text")));
        Assert.All(
            run.Errors,
            error => Assert.Equal("BadRequest,CBorg.Commands.CompareCBorgEmbeddingCommand", error.FullyQualifiedErrorId)
        );
    }

    [Fact]
    public void An_empty_text_fails_alone()
    {
        EngineRun run = Run("'a', '', 'b' | New-CBorgEmbedding");

        Assert.Equal(["a", "b"], run.Output.Select(embedding => embedding!.Text("Text")));
        Assert.StartsWith("BadRequest", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_a_column_Text_embed()
    {
        EngineRun run = Run("\"Text,Id`nApple,1`nBread,2\" | ConvertFrom-Csv | New-CBorgEmbedding").Done();

        Assert.Equal(["Apple", "Bread"], run.Output.Select(embedding => embedding!.Text("Text")));
    }

    [Fact]
    public void Embeddings_stop_when_enough_have_come()
    {
        EngineRun run = Run("1..1000 | ForEach-Object { \"Text $_\" } | New-CBorgEmbedding | Select-Object -First 3").Done();

        Assert.Equal(3, run.Output.Count);
        Assert.All(
            run.Progress.GroupBy(record => record.ActivityId),
            bar => Assert.Equal(ProgressRecordType.Completed, bar.Last().RecordType)
        );
    }

    [Fact]
    public void An_embedding_model_that_is_not_there_is_named()
    {
        EngineRun run = Run("New-CBorgEmbedding Apple -Model no-such-model");

        Assert.Equal("ModelNotFound,CBorg.Commands.NewCBorgEmbeddingCommand", run.Error.FullyQualifiedErrorId);
        Assert.Contains("no-such-model", run.Error.ToString(), StringComparison.Ordinal);
    }

    [InlineData("personal", "User")]
    [InlineData("project", "Key")]
    [Theory]
    public void Spend_is_that_of_the_person_or_of_the_projects_key(string key, string scope)
    {
        PSObject spend = Run("Get-CBorgSpend", key).Done().One;

        Assert.Equal("CBorg.SpendInfo", spend.BaseObject.GetType().FullName);
        Assert.Equal(scope, spend.Text("Scope"));
        Assert.NotNull(spend.Get("Spend"));
    }

    [Fact]
    public void Spend_says_that_it_lags() =>
        Assert.Contains(Run("Get-CBorgSpend -Verbose").Done().Verbose, text => text.Contains("5 s", StringComparison.Ordinal));

    [Fact]
    public void Days_that_end_before_they_begin_are_refused()
    {
        EngineRun run = Run("Get-CBorgSpend -Daily -StartDate 2026-02-01 -EndDate 2026-01-01");

        Assert.StartsWith("BadRequest", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_come_as_rows() =>
        Assert.All(
            Run("Get-CBorgSpend -Daily").Done().Output,
            day => Assert.Equal("CBorg.DailySpend", day!.BaseObject.GetType().FullName)
        );

    [Fact]
    public void A_key_is_shown_masked()
    {
        PSObject key = Run("Get-CBorgKey").Done().One;

        Assert.Matches(@"^sk-\.\.\..{4}$", key.Text("Key"));
        Assert.NotNull(key.Get("UserId"));
        Assert.Null(Run("Get-CBorgKey", "project").Done().One.Get("UserId"));
    }

    [Fact]
    public void A_cost_is_told_before_the_call()
    {
        PSObject cost = Run(
                "$m = Get-CBorgModel -Mode chat | Where-Object InputPrice -gt 0 | Select-Object -First 1; 'What letter comes after A?' | Measure-CBorgCost -Model $m.Name -MaxTokens 100"
            )
            .Done()
            .One;

        Assert.Equal("CBorg.CostEstimate", cost.BaseObject.GetType().FullName);
        Assert.True(cost.Get<long>("PromptTokens") > 0);
        Assert.True(cost.Get<decimal>("LowCost") > 0);
        Assert.True(cost.Get<decimal>("HighCost") > cost.Get<decimal>("LowCost"));
    }

    [Fact]
    public void Models_pipe_into_the_cost_of_a_question()
    {
        EngineRun run = Run("Get-CBorgModel -Mode chat | Measure-CBorgCost 'What letter comes after A?' -MaxTokens 10").Done();

        Assert.True(run.Output.Count > 1);
        Assert.Equal(run.Output.Count, run.Output.Select(cost => cost!.Text("Model")).Distinct().Count());
    }

    [Fact]
    public void A_cost_without_a_question_is_refused()
    {
        Assert.StartsWith("BadRequest", Run("Measure-CBorgCost").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_works_passes_every_step()
    {
        EngineRun run = Run("Test-CBorgConnection").Done();

        Assert.True(run.Output.Count >= 5);
        Assert.DoesNotContain("Failed", run.Output.Select(check => check!.Text("Outcome")));
        Assert.Equal("True", Run("Test-CBorgConnection -Quiet").Done().One.ToString());
    }

    [InlineData("expired")]
    [InlineData("blocked")]
    [Theory]
    public void A_key_that_does_not_work_fails_its_step_with_advice(string key)
    {
        EngineRun run = Run("Test-CBorgConnection", key).Done();

        PSObject failed = run.Output.First(check => check!.Text("Outcome") == "Failed")!;
        Assert.NotEmpty(failed.Text("Advice")!);
        Assert.Equal("False", Run("Test-CBorgConnection -Quiet", key).Done().One.ToString());
    }

    [Fact]
    public void Where_nobody_listens_the_check_says_so_and_throws_nothing()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using EngineSession session = EngineSession.Open();
        session.Connect(new Uri($"http://127.0.0.1:{port}"));

        EngineRun run = session.Run("Test-CBorgConnection; Test-CBorgConnection -Quiet").Done();

        Assert.Contains(
            run.Output.SkipLast(1),
            check => check!.Text("Outcome") == "Failed" && check!.Text("Advice") is { Length: > 0 }
        );
        Assert.Equal("False", run.Texts[^1]);
    }

    [InlineData("expired", "KeyExpired")]
    [InlineData("blocked", "KeyBlocked")]
    [InlineData("overBudget", "Budget")]
    [InlineData("userOverBudget", "Budget")]
    [Theory]
    public void Keys_that_do_not_work_end_the_pipeline(string key, string kind)
    {
        EngineRun run = Run("1..3 | Invoke-CBorgChat -Model claude-haiku", key);

        Assert.Equal(kind + ",CBorg.Commands.InvokeCBorgChatCommand", run.Ended?.FullyQualifiedErrorId);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_chat_of_a_priced_model_costs_what_its_price_says()
    {
        PSObject result = Run(
                "$m = Get-CBorgModel -Mode chat | Where-Object { $_.InputPrice -gt 0 -and $_.DeploymentCount -eq 1 } | Select-Object -First 1; Invoke-CBorgChat 'What letter comes after A?' -Model $m.Name"
            )
            .Done()
            .One;

        Assert.Contains("B", result.Text("Text"), StringComparison.Ordinal);
        Assert.True(result.Get<decimal>("Cost") > 0);
        Assert.Contains(result.Text("CostSource"), new List<string?> { "ListPrice", "Stream" });
    }

    [Fact]
    public void A_free_model_is_free()
    {
        PSObject result = Run("Invoke-CBorgChat 'What letter comes after A?' -Model lbl/cborg-chat").Done().One;

        Assert.Equal(0m, result.Get("Cost"));
        Assert.Equal("Free", result.Text("CostSource"));
    }
}
