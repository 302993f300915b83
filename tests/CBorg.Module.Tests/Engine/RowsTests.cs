using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using CBorg.Pipeline.Rows;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>Many rows through a pipeline.</summary>
public sealed class RowsTests : IDisposable
{
    private readonly StubServer _stub = new();
    private readonly RowsStub _rows;
    private readonly EngineSession? _session;

    public RowsTests()
    {
        _rows = new RowsStub(_stub);
        _session = EngineSession.Open(_stub);
    }

    public void Dispose()
    {
        _session?.Dispose();
        _stub.Dispose();
    }

    private EngineRun Run(string script, params object?[] arguments) => _session!.Run(script, arguments);

    [Fact]
    public void Results_come_in_the_order_of_the_input_whichever_is_there_first()
    {
        _rows.AnswerAfter(1, () => _rows.GoneAsync(6));

        Assert.Equal(["1", "2", "3", "4", "5", "6"], Run("1..6 | Invoke-CBorgChat -Model priced").Done().Texts);
    }

    [Fact]
    public void Unordered_results_come_as_they_finish()
    {
        TaskCompletionSource others = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _rows.AnswerAfter(1, () => others.Task);

        EngineRun run = Run(
                "$others = $args[0]; $script:n = 0; 1..3 | Invoke-CBorgChat -Model priced -Unordered | ForEach-Object { $_; if (++$script:n -eq 2) { $others.SetResult() } }",
                others
            )
            .Done();

        Assert.Equal("1", run.Texts[^1]);
    }

    [Fact]
    public void No_more_calls_are_under_way_than_the_throttle_allows()
    {
        int underWay = 0;
        int most = 0;
        _stub.Chat = async exchange =>
        {
            most = Math.Max(most, System.Threading.Interlocked.Increment(ref underWay));
            await Task.Yield();
            System.Threading.Interlocked.Decrement(ref underWay);
            await exchange.AnswerAsync("B");
        };

        Assert.Equal(50, Run("1..50 | Invoke-CBorgChat -Model priced -ThrottleLimit 3").Done().Output.Count);

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public void A_result_comes_out_before_the_next_row_of_a_slow_source()
    {
        EngineRun run = Run(
                """
                $seen = [Collections.Generic.List[string]]::new()
                & { 1; Start-Sleep -Seconds 1; 2; $seen.Add('source goes on') } | Invoke-CBorgChat -Model priced | ForEach-Object { $seen.Add("$_") }
                $seen
                """
            )
            .Done();

        Assert.Equal(["1", "2", "source goes on"], run.Texts);
    }

    [Fact]
    public void The_first_result_comes_while_the_source_still_has_rows()
    {
        _rows.AnswerAfter(2, () => _rows.GoneAsync(1));

        EngineRun run = Run(
                """
                $script:pulled = 0
                1..100 | ForEach-Object { $script:pulled++; $_ } | Invoke-CBorgChat -Model priced -ThrottleLimit 2 | ForEach-Object { if ($_.Text -eq '1') { $script:pulled } }
                """
            )
            .Done();

        Assert.InRange((int)run.One.BaseObject, 1, 5);
    }

    [Fact]
    public void A_source_is_not_read_further_than_the_window_allows()
    {
        const int Throttle = 4;
        int window = RowWindow.Most(Throttle);
        _rows.AnswerAfter(1, () => _rows.ArrivedAsync(window));

        EngineRun run = Run(
                """
                $script:pulled = 0; $script:written = 0; $script:most = 0
                1..300 | ForEach-Object { $script:pulled++; $script:most = [Math]::Max($script:most, $script:pulled - $script:written); $_ } |
                    Invoke-CBorgChat -Model priced -ThrottleLimit $args[0] | ForEach-Object { $script:written++ }
                $script:written; $script:most
                """,
                Throttle
            )
            .Done();

        Assert.Equal(["300", $"{window}"], run.Texts);
    }

    [Fact]
    public void A_row_that_fails_is_the_errors_target_and_keeps_nobody_else_from_an_answer()
    {
        _rows.Answer("b", RowsStub.RefuseAsync);
        _rows.Answer("d", RowsStub.RefuseAsync);

        EngineRun run = Run(
            "'Id,Text', '1,a', '2,b', '3,c', '4,d', '5,' | ConvertFrom-Csv | Invoke-CBorgChat -Prompt { $_.Text } -Model priced | ForEach-Object { $_.Input.Id }"
        );

        Assert.Null(run.Ended);
        Assert.Equal(["1", "3"], run.Texts);
        Assert.Equal(["2", "4", "5"], run.Errors.Select(error => PSObject.AsPSObject(error.TargetObject).Text("Id")));
    }

    [Fact]
    public void Of_an_answer_that_broke_off_the_row_is_still_at_hand()
    {
        _rows.Answer(
            "b",
            async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.PieceAsync("Half");
                exchange.Reset();
            }
        );

        EngineRun run = Run(
            """
            $answers = 'Id,Text', '1,a', '2,b', '3,c' | ConvertFrom-Csv | Invoke-CBorgChat -Prompt { $_.Text } -Model priced -ErrorVariable problem -ErrorAction SilentlyContinue
            $answers.Input.Id; $problem.TargetObject.Text; $problem.TargetObject.Input.Id
            """
        );

        Assert.Equal(["1", "3", "Half", "2"], run.Texts);
    }

    [Fact]
    public void Pieces_of_answers_are_not_mixed()
    {
        _rows.Answer(
            "a",
            async exchange =>
            {
                await exchange.BeginStreamAsync();
                await exchange.PieceAsync("a1");
                await _rows.GoneAsync("b");
                await exchange.PieceAsync("a2");
                await exchange.EndStreamAsync();
            }
        );
        _rows.Answer("b", exchange => exchange.AnswerAsync("b1|b2"));

        EngineRun run = Run("'a', 'b' | Invoke-CBorgChat -Model priced -Stream").Done();

        Assert.Equal(["a1", "a2", "b1", "b2"], run.Texts.Where(text => text.Length > 0));
    }

    [Fact]
    public void Messages_name_their_row()
    {
        _rows.Answer("b", exchange => exchange.AnswerAsync("Cut", finish: "length"));

        EngineRun run = Run("'a', 'b' | Invoke-CBorgChat -Model priced -Verbose").Done();

        Assert.StartsWith("Row 2: The answer of priced was cut", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Contains(run.Verbose, message => message.StartsWith("Row 1: status 200", StringComparison.Ordinal));
        Assert.Single(run.Verbose, message => message.StartsWith("Row 2: priced: done, 10+5 tokens", StringComparison.Ordinal));
    }

    [Fact]
    public void The_bar_counts_against_what_was_announced_and_goes_away()
    {
        _rows.AnswerAfter(3, () => Task.WhenAll(_rows.GoneAsync(1), _rows.GoneAsync(2)));

        EngineRun run = Run("1..3 | Invoke-CBorgChat -Model priced -TotalCount 30").Done();

        Assert.Contains(
            run.Progress,
            bar => bar.Activity == "priced" && bar.StatusDescription.Contains("of 30", StringComparison.Ordinal)
        );
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        Assert.Single(run.Progress.Select(bar => bar.ActivityId).Distinct());
    }

    [Fact]
    public void The_bar_adds_up_what_the_calls_cost()
    {
        // Longer than the bar waits between two updates.
        EngineRun run = Run("1..3 | Invoke-CBorgChat -Model priced | ForEach-Object { Start-Sleep -Milliseconds 250; $_ }")
            .Done();

        Assert.Contains(run.Progress, bar => bar.StatusDescription.Contains("$0.000180", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pipeline_goes_on_to_a_table_in_a_file()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Run(
                    "1..20 | Invoke-CBorgChat -Model priced | ForEach-Object { [pscustomobject]@{ Row = $_.Input; Text = $_.Text } } | Export-Csv $args[0]",
                    file
                )
                .Done();

            Assert.Equal(
                ["\"Row\",\"Text\"", .. Enumerable.Range(1, 20).Select(i => $"\"{i}\",\"{i}\"")],
                File.ReadAllLines(file)
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Two_of_them_in_one_pipeline_work_hand_in_hand()
    {
        EngineRun run = Run(
                "1..20 | Invoke-CBorgChat -Model priced | ForEach-Object { \"$_, then\" } | Invoke-CBorgChat -Model priced"
            )
            .Done();

        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"{i}, then"), run.Texts);
        Assert.Equal(40, _stub.Chats.Count);
    }

    [Fact]
    public void It_works_in_runspaces_that_run_in_parallel()
    {
        EngineRun run = Run(
                """
                $module, $address, $key = $args
                1..4 | ForEach-Object -Parallel {
                    Import-Module $using:module
                    Connect-CBorg -BaseUri $using:address -ApiKey $using:key
                    $group = $_
                    1..5 | ForEach-Object { "$group.$_" } | Invoke-CBorgChat -Model priced -ProgressAction SilentlyContinue
                }
                """,
                TestModule.Manifest,
                _stub.Address,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();

        IEnumerable<string> all = from g in Enumerable.Range(1, 4) from i in Enumerable.Range(1, 5) select $"{g}.{i}";
        Assert.Equal(all, run.Texts.Order(StringComparer.Ordinal));
        Assert.All(run.Texts.GroupBy(text => text[0]), group => Assert.Equal(group.Order(StringComparer.Ordinal), group));
    }
}
