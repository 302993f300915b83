using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using CBorg.Pipeline.Rows;
using Xunit;
using Xunit.Abstractions;

namespace CBorg.Module.Tests.Engine;

/// <summary>Whatever ends many rows early: what is paid is written, nothing more is sent, and everything is let go.</summary>
public sealed class RowsEndTests : IDisposable
{
    private const string Kept =
        "$got = [Collections.ArrayList]::new(); try {{ {0} | ForEach-Object {{ $null = $got.Add(\"$_\") }} }} catch {{ $null = $got.Add($_.FullyQualifiedErrorId.Split(',')[0]) }}; $got";

    private readonly ITestOutputHelper _log;
    private readonly StubServer _stub = new();
    private readonly RowsStub _rows;
    private readonly EngineSession? _session;

    public RowsEndTests(ITestOutputHelper log)
    {
        _log = log;
        _rows = new RowsStub(_stub);
        _session = EngineSession.Open(_stub);
    }

    public void Dispose()
    {
        _session?.Dispose();
        _stub.Dispose();
    }

    /// <summary>A failure is known once its answer has been read and thought about; by then each permit may have sent one
    /// request more.</summary>
    private static int MostAsked(int permits) => 2 * permits;

    /// <summary>The texts that were written, and the id of the error that ended it where one did.</summary>
    private string[] Got(string script) =>
        [.. _session!.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, Kept, script)).Done().Texts];

    [Fact]
    public void A_budget_that_ends_lets_those_under_way_finish_and_sends_no_other()
    {
        _rows.Answer(
            2,
            async exchange =>
            {
                await Task.WhenAll(_rows.ArrivedAsync(1), _rows.ArrivedAsync(3));
                await RowsStub.BudgetAsync(exchange);
            }
        );
        _rows.Answer(4, 100, RowsStub.BudgetAsync);
        _rows.AnswerAfter(1, () => _rows.GoneAsync(2));
        _rows.AnswerAfter(3, () => _rows.GoneAsync(1));

        EngineRun run = _session!.Run(
            "$null = 1..100 | Invoke-CBorgChat -Model priced -ThrottleLimit 3 -OutVariable written -ErrorAction SilentlyContinue"
        );
        EngineRun written = _session.Run("$written");

        Assert.Equal("Budget", run.Ended?.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(2, run.Ended?.TargetObject is PSObject target ? target.BaseObject : run.Ended?.TargetObject);
        Assert.Equal(["1", "3"], written.Texts);
        Assert.InRange(_rows.Asked.Count, 3, MostAsked(3));
    }

    [Fact]
    public void A_budget_of_one_model_fails_that_models_rows_and_the_others_go_on()
    {
        _rows.Answer(
            "dear 1",
            exchange =>
                exchange.ErrorAsync(
                    400,
                    "budget_exceeded",
                    "LiteLLM Virtual Key: h, key_alias: None, exceeded budget for model=priced"
                )
        );

        EngineRun run = _session!.Run(
            """
            'Prompt,Model', 'dear 1,priced', 'dear 2,priced', 'cheap 1,lbl/cborg-chat', 'dear 3,priced', 'cheap 2,lbl/cborg-chat' |
                ConvertFrom-Csv | Invoke-CBorgChat -ThrottleLimit 1
            """
        );

        Assert.Null(run.Ended);
        Assert.Equal(["cheap 1", "cheap 2"], run.Texts);
        Assert.Equal(
            ["dear 1", "dear 2", "dear 3"],
            run.Errors.Select(error => PSObject.AsPSObject(error.TargetObject).Text("Prompt"))
        );
        Assert.All(run.Errors, error => Assert.StartsWith("Budget,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(["dear 1", "cheap 1", "cheap 2"], _rows.Asked);
    }

    [Fact]
    public void A_key_that_does_not_work_costs_a_request_for_each_permit()
    {
        _stub.Chat = exchange =>
            exchange.ErrorAsync(401, "token_not_found_in_db", "Authentication Error, Invalid proxy server token passed.");

        EngineRun run = _session!.Run("1..1000 | Invoke-CBorgChat -Model priced -ThrottleLimit 4");

        Assert.Equal("KeyUnknown", run.Ended?.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(run.Errors.Skip(1));
        Assert.InRange(_stub.Chats.Count, 1, MostAsked(4));
    }

    [Fact]
    public void Rows_that_wait_for_a_permit_are_not_asked_after_the_end()
    {
        // Five permits for the Laboratory's models; more rows than that wait in the queue.
        _rows.Answer(
            1,
            async exchange =>
            {
                await Task.WhenAll(Enumerable.Range(2, 4).Select(row => _rows.ArrivedAsync(row)));
                await RowsStub.BudgetAsync(exchange);
            }
        );
        _rows.Answer(6, 40, RowsStub.BudgetAsync);
        foreach (int row in Enumerable.Range(2, 4))
        {
            _rows.AnswerAfter(row, () => _rows.GoneAsync(1));
        }

        string[] got = Got("1..40 | Invoke-CBorgChat -Model lbl/cborg-chat");

        Assert.Equal("Budget", got[^1]);
        Assert.InRange(_stub.Chats.Count, 5, MostAsked(5));
        Assert.Equal(["2", "3", "4", "5"], got.SkipLast(1));
    }

    [Fact]
    public void Enough_results_end_it_within_the_window()
    {
        EngineRun run = _session!
            .Run("1..1000 | Invoke-CBorgChat -Model priced -ThrottleLimit 4 | Select-Object -First 3")
            .Done();

        Assert.Equal(["1", "2", "3"], run.Texts);
        Assert.InRange(_stub.Chats.Count, 3, 3 + RowWindow.Most(4));
    }

    [InlineData("1..10 | Invoke-CBorgChat -Model priced -ThrottleLimit 10 | Select-Object -First 1")]
    [InlineData("try { 1..10 | Invoke-CBorgChat -Model priced -ThrottleLimit 10 | ForEach-Object { throw 'down' } } catch { 1 }")]
    [InlineData(
        "try { 1..10 | Invoke-CBorgChat -Model priced -ThrottleLimit 10 -Unordered | ForEach-Object { throw 'down' } } catch { 1 }"
    )]
    [InlineData(
        "try { & { 1..10; $null = $go.WaitOne(60000); throw 'up' } | Invoke-CBorgChat -Model priced -ThrottleLimit 10 } catch { 1 }"
    )]
    [Theory]
    public async Task What_ends_elsewhere_in_the_pipeline_lets_all_calls_go(string script)
    {
        _rows.Answer(2, 10, exchange => exchange.StallAsync());

        using System.Threading.ManualResetEvent go = new(false);
        _session!.Run("$global:go = $args[0]", go).Done();
        _rows.AnswerAfter(1, () => Task.WhenAll(Enumerable.Range(2, 9).Select(row => _rows.ArrivedAsync(row))));
        using EngineWork work = _session.Start(script);
        await _rows.GoneAsync(1);
        go.Set();

        EngineRun run = await work.EndAsync();

        await Task.WhenAll(_rows.Exchanges.Select(exchange => exchange.Gone.WaitAsync(TestTimeout.Hang)));
        Assert.Equal("1", Assert.Single(run.Done().Texts));
        Assert.Equal("B", _session.Run("Invoke-CBorgChat B -Model priced").Done().One.Text("Text"));
    }

    [InlineData("")]
    [InlineData("-Stream")]
    [InlineData("-Unordered")]
    [Theory]
    public async Task A_stop_lets_all_calls_go_at_once(string how)
    {
        _rows.Answer(1, 12, exchange => exchange.StallAsync());

        using EngineWork work = _session!.Start($"1..1000 | Invoke-CBorgChat -Model priced -ThrottleLimit 12 {how}");
        await Task.WhenAll(Enumerable.Range(1, 12).Select(row => _rows.ArrivedAsync(row)));

        TimeSpan taken = await work.StopAsync();
        _log.WriteLine($"free after {taken.TotalMilliseconds:0} ms");

        await Task.WhenAll(_rows.Exchanges.Select(exchange => exchange.Gone.WaitAsync(TestTimeout.Hang)));
        Assert.Equal(12, _stub.Chats.Count);
        Assert.Equal("B", _session.Run("Invoke-CBorgChat B -Model priced").Done().One.Text("Text"));
    }

    [Fact]
    public async Task A_runspace_closes_at_once_among_many_rows()
    {
        _rows.Answer(1, 8, exchange => exchange.StallAsync());

        EngineSession other = EngineSession.Open(_stub);
        using EngineWork work = other.Start("1..8 | Invoke-CBorgChat -Model priced -ThrottleLimit 8");
        await Task.WhenAll(Enumerable.Range(1, 8).Select(row => _rows.ArrivedAsync(row)));

        Stopwatch watch = Stopwatch.StartNew();
        await Task.Run(other.Runspace.Close).WaitAsync(TestTimeout.Hang);
        _log.WriteLine($"closed after {watch.ElapsedMilliseconds} ms");

        await Task.WhenAll(_rows.Exchanges.Select(exchange => exchange.Gone.WaitAsync(TestTimeout.Hang)));
        other.Dispose();
    }

    [Fact]
    public void ErrorAction_Stop_writes_what_came_before_the_failure_and_asks_no_more()
    {
        _rows.Answer(3, 100, RowsStub.RefuseAsync);
        _rows.AnswerAfter(1, () => _rows.GoneAsync(3));
        _rows.AnswerAfter(2, () => _rows.GoneAsync(1));

        string[] got = Got("1..100 | Invoke-CBorgChat -Model priced -ThrottleLimit 3 -ErrorAction Stop");

        Assert.Equal(["1", "2", "BadRequest"], got);
        Assert.InRange(_rows.Asked.Count, 3, MostAsked(3));
    }

    [Fact]
    public void The_preference_of_a_script_counts_as_the_parameter_does()
    {
        _rows.Answer(2, 100, RowsStub.RefuseAsync);
        _rows.AnswerAfter(1, () => _rows.GoneAsync(2));

        string[] got = Got("& { $ErrorActionPreference = 'Stop'; 1..100 | Invoke-CBorgChat -Model priced -ThrottleLimit 2 }");

        Assert.Equal(["1", "BadRequest"], got);
        Assert.InRange(_rows.Asked.Count, 2, MostAsked(2));
    }
}
