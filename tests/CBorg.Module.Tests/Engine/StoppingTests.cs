using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;
using Xunit.Abstractions;

namespace CBorg.Module.Tests.Engine;

/// <summary>Whatever ends a cmdlet early, it ends at once, the server is let go, and nothing is left behind. Unobserved
/// exceptions are the process's, so these run alone.</summary>
[Collection("process")]
public sealed class StoppingTests : IDisposable
{
    private const string Ask = "Invoke-CBorgChat Hi -Model priced -Verbose";

    private readonly ITestOutputHelper _log;
    private readonly ConcurrentQueue<Exception> _unobserved = new();
    private readonly StubServer _stub = new();
    private readonly EngineSession? _session;

    public StoppingTests(ITestOutputHelper log)
    {
        _log = log;
        _session = EngineSession.Open(_stub);
        TaskScheduler.UnobservedTaskException += Remember;
    }

    public void Dispose()
    {
        TaskScheduler.UnobservedTaskException -= Remember;
        _session?.Dispose();
        _stub.Dispose();
    }

    [Fact]
    public async Task Stop_while_waiting_for_the_headers()
    {
        _stub.Next(exchange => exchange.StallAsync());
        using EngineWork work = _session!.Start(Ask);
        StubExchange exchange = await _stub.ChatArrivedAsync();

        await StopAsync(work, exchange);
    }

    [Fact]
    public async Task Stop_in_the_middle_of_a_stream()
    {
        _stub.Next(WithoutEnd);
        using EngineWork work = _session!.Start(Ask + " -Stream");
        StubExchange exchange = await _stub.ChatArrivedAsync();
        await work.OutputAsync();

        await StopAsync(work, exchange);
    }

    [Fact]
    public async Task Stop_in_a_stream_that_has_stalled()
    {
        _stub.Next(Stalls);
        using EngineWork work = _session!.Start(Ask + " -Stream");
        StubExchange exchange = await _stub.ChatArrivedAsync();
        await work.OutputAsync();

        await StopAsync(work, exchange);
    }

    [Fact]
    public async Task Stop_in_a_stream_that_has_stalled_while_nobody_sees_it()
    {
        _stub.Next(Stalls);
        using EngineWork work = _session!.Start(Ask);
        StubExchange exchange = await _stub.ChatArrivedAsync();
        await work.ProgressAsync();

        await StopAsync(work, exchange);
    }

    [Fact]
    public async Task Stop_in_a_plain_answer_that_has_stalled()
    {
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync("application/json");
            await exchange.StallAsync();
        });
        using EngineWork work = _session!.Start(Ask + " -NoStream");
        StubExchange exchange = await _stub.ChatArrivedAsync();
        await work.VerboseAsync("status 200");

        await StopAsync(work, exchange);
    }

    [Fact]
    public async Task Stop_while_it_waits_to_try_again()
    {
        _session!.Connect(_stub.Address, retries: 3);
        _stub.Next(exchange =>
            exchange.ErrorAsync(500, null, "litellm.InternalServerError: OpenAIException - overloaded", "retry-after: 100\r\n")
        );
        using EngineWork work = _session.Start(Ask);
        await work.VerboseAsync("trying again in 100 s");

        await StopAsync(work, null);

        Assert.Equal(2, _stub.Chats.Count);
    }

    [Fact]
    public async Task Stop_while_it_waits_for_a_place()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _stub.Chat = async exchange =>
        {
            await release.Task.WaitAsync(TestTimeout.Long);
            await exchange.AnswerAsync("B");
        };
        EngineSession[] others = [.. Enumerable.Range(0, 5).Select(_ => EngineSession.Open(_stub))];
        EngineWork[] busy = [.. others.Select(other => other.Start("Invoke-CBorgChat Hi -Model lbl/cborg-chat"))];
        for (int i = 0; i < 5; i++)
        {
            await _stub.ChatArrivedAsync();
        }

        using EngineWork work = _session!.Start("Invoke-CBorgChat Hi -Model lbl/cborg-chat -Verbose");
        await work.VerboseAsync("Waiting for a permit");
        TimeSpan taken = await work.StopAsync();
        _log.WriteLine($"free after {taken.TotalMilliseconds:0} ms");
        Assert.Equal(5, _stub.Chats.Count);

        release.SetResult();
        foreach (EngineWork other in busy)
        {
            (await other.EndAsync()).Done();
            other.Dispose();
        }

        Array.ForEach(others, other => other.Dispose());
        Assert.Equal("B", _session.Run("Invoke-CBorgChat Hi -Model lbl/cborg-chat").Done().One.Text("Text"));
        NothingIsLeft();
    }

    [Fact]
    public async Task Stop_while_the_catalogue_is_fetched()
    {
        TaskCompletionSource<StubExchange> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _stub.Catalog = exchange =>
        {
            arrived.TrySetResult(exchange);
            return exchange.StallAsync();
        };
        using EngineWork work = _session!.Start("Get-CBorgModel");
        StubExchange exchange = await arrived.Task.WaitAsync(TestTimeout.Long);

        TimeSpan taken = await work.StopAsync();
        await exchange.Gone.WaitAsync(TestTimeout.Hang);
        _log.WriteLine($"free after {taken.TotalMilliseconds:0} ms");

        _stub.Catalog = exchange => exchange.JsonAsync(200, StubReplies.Catalog);
        Assert.Equal("priced", _session.Run("Get-CBorgModel priced").Done().One.ToString());
        NothingIsLeft();
    }

    [Fact]
    public async Task An_answer_that_is_complete_does_not_wait_for_a_stalled_catalogue_when_stopped()
    {
        _stub.Catalog = exchange => exchange.StallAsync();
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.PieceAsync("B");
            await exchange.EndStreamAsync();
        });
        using EngineWork work = _session!.Start("Invoke-CBorgChat Hi -Model priced -Stream");
        await work.OutputAsync();

        TimeSpan taken = await work.StopAsync();

        _log.WriteLine($"free after {taken.TotalMilliseconds:0} ms");
        NothingIsLeft();
    }

    [InlineData("Invoke-CBorgChat Hi -Model priced -Stream | Select-Object -First 1")]
    [InlineData("Invoke-CBorgChat Hi -Model priced -Stream | Select-Object -First 3")]
    [InlineData("try { Invoke-CBorgChat Hi -Model priced -Stream | ForEach-Object { throw 'down' } } catch { 'caught' }")]
    [InlineData("foreach ($i in 1) { Invoke-CBorgChat Hi -Model priced -Stream | ForEach-Object { 'one'; break } }")]
    [InlineData(
        "try { Invoke-CBorgChat Hi -Model priced -Stream | ForEach-Object { Write-Error 'down' -ErrorAction Stop } } catch { 'caught' }"
    )]
    [Theory]
    public async Task What_ends_downstream_ends_the_call(string script)
    {
        _stub.Next(WithoutEnd);
        using EngineWork work = _session!.Start(script + "; 'after'");
        StubExchange exchange = await _stub.ChatArrivedAsync();

        Stopwatch watch = Stopwatch.StartNew();
        EngineRun run = await work.EndAsync().WaitAsync(TestTimeout.Hang);
        _log.WriteLine($"ended within {watch.ElapsedMilliseconds} ms of the request");
        await exchange.Gone.WaitAsync(TestTimeout.Hang);
        _log.WriteLine($"the server was let go after {watch.ElapsedMilliseconds} ms");

        Assert.Equal("after", run.Done().Texts[^1]);
        Assert.All(
            run.Progress.GroupBy(record => record.ActivityId),
            bar => Assert.Equal(ProgressRecordType.Completed, bar.Last().RecordType)
        );
        TheNextCallWorks();
        NothingIsLeft();
    }

    [InlineData("Invoke-CBorgChat Hi -Model priced | Select-Object -First 1")]
    [InlineData("try { Invoke-CBorgChat Hi -Model priced | ForEach-Object { throw 'down' } } catch { 'caught' }")]
    [InlineData("'a', 'b' | Invoke-CBorgChat -Model priced -ThrottleLimit 1 | Select-Object -First 1")]
    [Theory]
    public void What_ends_downstream_takes_the_bar_away(string script)
    {
        EngineRun run = _session!.Run(script).Done();

        Assert.Contains(run.Progress, record => record.RecordType == ProgressRecordType.Processing);
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        Assert.Single(_stub.Chats);
    }

    [Fact]
    public async Task A_model_that_is_not_listened_to_any_more_does_not_write_on()
    {
        int pieces = 0;
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            while (!exchange.Gone.IsCompleted)
            {
                await exchange.PieceAsync($"word{++pieces} ");
                await Task.Delay(20);
            }
        });
        using EngineWork work = _session!.Start("Invoke-CBorgChat Hi -Model priced -Stream | Select-Object -First 1");
        StubExchange exchange = await _stub.ChatArrivedAsync();

        (await work.EndAsync()).Done();
        int heard = pieces;
        await exchange.Gone.WaitAsync(TestTimeout.Hang);

        _log.WriteLine($"{pieces - heard} pieces too many");
        Assert.InRange(pieces - heard, 0, 40);
    }

    [Fact]
    public async Task Enough_results_end_the_pipeline_before_the_next_row()
    {
        EngineRun run = _session!.Run("1..10 | Invoke-CBorgChat -Model priced -ThrottleLimit 1 | Select-Object -First 2").Done();

        Assert.Equal(2, run.Output.Count);
        Assert.Equal(2, _stub.Chats.Count);
        await Task.CompletedTask;
        NothingIsLeft();
    }

    [Fact]
    public void ErrorAction_Stop_leaves_no_bar()
    {
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await exchange.PieceAsync("Half");
            exchange.Reset();
        });

        EngineRun run = _session!.Run("'a', 'b' | Invoke-CBorgChat -Model priced -ThrottleLimit 1 -ErrorAction Stop");

        Assert.StartsWith("StreamInterrupted", run.Ended?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        Assert.Single(_stub.Chats);
        TheNextCallWorks();
        NothingIsLeft();
    }

    [InlineData("")]
    [InlineData("-Stream")]
    [Theory]
    public async Task A_runspace_closes_at_once_in_the_middle_of_a_call(string how)
    {
        _stub.Next(Stalls);
        EngineSession other = EngineSession.Open(_stub);
        using EngineWork work = other.Start($"Invoke-CBorgChat Hi -Model priced {how}");
        StubExchange exchange = await _stub.ChatArrivedAsync();
        await (how.Length == 0 ? work.ProgressAsync() : work.OutputAsync());

        Stopwatch watch = Stopwatch.StartNew();
        await Task.Run(other.Runspace.Close).WaitAsync(TestTimeout.Hang);
        _log.WriteLine($"closed after {watch.ElapsedMilliseconds} ms");
        await exchange.Gone.WaitAsync(TestTimeout.Hang);

        other.Dispose();
        TheNextCallWorks();
        NothingIsLeft();
    }

    [Fact]
    public async Task Stop_in_the_middle_of_many_rows_sends_no_more()
    {
        _stub.Chat = Stalls;
        using EngineWork work = _session!.Start("1..10 | Invoke-CBorgChat -Model priced -ThrottleLimit 1");
        StubExchange exchange = await _stub.ChatArrivedAsync();
        await work.ProgressAsync();

        await work.StopAsync();
        await exchange.Gone.WaitAsync(TestTimeout.Hang);

        Assert.Single(_stub.Chats);
    }

    [Fact]
    public async Task A_removed_module_lets_a_call_of_another_runspace_end_well()
    {
        TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _stub.Next(async exchange =>
        {
            await exchange.BeginStreamAsync();
            await goOn.Task.WaitAsync(TestTimeout.Long);
            await exchange.PieceAsync("B");
            await exchange.EndStreamAsync();
        });
        using EngineWork work = _session!.Start("Invoke-CBorgChat Hi -Model priced");
        await _stub.ChatArrivedAsync();
        using EngineSession other = EngineSession.Open();

        other.Run("Remove-Module CBorg").Done();
        goOn.SetResult();

        Assert.Equal("B", (await work.EndAsync()).Done().One.Text("Text"));
    }

    private async Task StopAsync(EngineWork work, StubExchange? exchange)
    {
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan taken = await work.StopAsync();
        _log.WriteLine($"free after {taken.TotalMilliseconds:0} ms");
        if (exchange is not null)
        {
            await exchange.Gone.WaitAsync(TestTimeout.Hang);
            _log.WriteLine($"the server was let go after {watch.ElapsedMilliseconds} ms");
        }

        Assert.Equal(PSInvocationState.Stopped, work.Shell.InvocationStateInfo.State);
        TheNextCallWorks();
        NothingIsLeft();
    }

    private void TheNextCallWorks() =>
        Assert.Equal("B", _session!.Run("Invoke-CBorgChat Hi -Model priced").Done().One.Text("Text"));

    private void NothingIsLeft()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Empty(_unobserved);
    }

    private static async Task WithoutEnd(StubExchange exchange)
    {
        await exchange.BeginStreamAsync();
        while (!exchange.Gone.IsCompleted)
        {
            await exchange.PieceAsync("word ");
            await Task.Yield();
        }
    }

    private static async Task Stalls(StubExchange exchange)
    {
        await exchange.BeginStreamAsync();
        await exchange.PieceAsync("Half");
        await exchange.StallAsync();
    }

    private void Remember(object? sender, UnobservedTaskExceptionEventArgs e)
    {
        // Only the module's own: the stub and the engine are not what is tested.
        if (
            e.Exception.ToString() is var text
            && (
                text.Contains("CBorg.", StringComparison.Ordinal)
                && !text.Contains("CBorg.Module.Tests", StringComparison.Ordinal)
            )
        )
        {
            _unobserved.Enqueue(e.Exception);
        }
    }
}
