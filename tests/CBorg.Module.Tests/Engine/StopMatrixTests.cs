using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;
using Xunit.Abstractions;

namespace CBorg.Module.Tests.Engine;

/// <summary>Whatever ends a call, and whatever it is doing then: the pipeline is free, the server is let go, the places are
/// given back, and nothing is left behind. Alone, because names and unobserved exceptions are the process's.</summary>
[Collection("process")]
public sealed class StopMatrixTests : IDisposable, IClassFixture<StopTimes>
{
    private const string Connect =
        "Connect-CBorg -BaseUri $args[0] -ApiKey $args[1] -MaximumRetryCount 3 -ThrottleLimit $args[2]";

    private readonly ITestOutputHelper _log;
    private readonly StopTimes _times;
    private readonly ConcurrentQueue<Exception> _unobserved = new();
    private readonly StubServer _server = new();
    private readonly StopSigns _signs = new();

    public StopMatrixTests(ITestOutputHelper log, StopTimes times)
    {
        (_log, _times) = (log, times);
        TaskScheduler.UnobservedTaskException += Remember;
    }

    public void Dispose()
    {
        TaskScheduler.UnobservedTaskException -= Remember;
        _server.Dispose();
        _signs.Dispose();
    }

    [Fact]
    public void Every_pair_is_tested_or_says_why_it_cannot_be()
    {
        string[] impossible =
        [
            .. StopPairs
                .All.Where(pair => StopPairs.Impossible(pair.Cmdlet, pair.State) is not null)
                .Select(pair => $"{pair.Cmdlet}, {pair.State}, {pair.Way}: {StopPairs.Impossible(pair.Cmdlet, pair.State)}"),
        ];

        Array.ForEach(impossible, _log.WriteLine);
        Assert.Equal(2 * 8 * 7, StopPairs.All.Distinct().Count());
        Assert.Equal(7, impossible.Length);
    }

    [StopData]
    [Theory]
    public async Task It_ends_and_leaves_nothing(string cmdlet, StopState state, StopWay way)
    {
        StopStub stub = new(_server, state);
        using EngineSession beside = EngineSession.Open();
        beside.Run("Get-CBorgConnection").Done();
        using StopRoads roads = new();
        using StopFullPort port = new(_server.Address.Port);
        object?[] connection =
        [
            new UriBuilder(_server.Address) { Host = "localhost" }.Uri,
            EngineSession.Secret(StubServer.Key),
            state == StopState.Limiter ? 1 : 2,
        ];
        beside.Run(Connect, connection).Done();

        // The first call of a key goes alone; this one tells that there are no limits but the connection's own.
        beside.Run("Invoke-CBorgChat warm -Model lbl/cborg-chat -NoStream").Done();
        using EngineSession session = EngineSession.Open();
        session.Run(Connect, connection).Done();
        string script = StopScript.Of(cmdlet, state, way);
        using StopWork work =
            way == StopWay.StopJob
                ? StopWork.InJob(session, script, _signs, Connect, connection)
                : StopWork.InRunspace(session, script, _signs);

        using EngineWork? other = await ReachAsync(state, cmdlet, work, stub, roads, beside);
        if (way is not (StopWay.First or StopWay.Throw))
        {
            await GoOnAsync(state, stub, work);
        }

        Stopwatch watch = Stopwatch.StartNew();
        await EndAsync(way, state, stub, work, session, watch);
        TimeSpan free = watch.Elapsed;
        TimeSpan? gone = await LetGoAsync(state, stub, watch);
        _log.WriteLine($"free after {free.TotalMilliseconds:0} ms, the server was let go after {gone?.TotalMilliseconds:0} ms");
        _times.Add(cmdlet, state, way, free, gone);

        roads.Open();
        stub.EndOther();
        if (other is not null)
        {
            (await other.EndAsync()).Done();
        }

        await AllPlacesAreFreeAsync(beside, state);
        NothingIsLeft();
    }

    /// <summary>Brings the second row into the state; the first one waits for its answer.</summary>
    /// <returns>The call that takes the only place; null when no other is needed.</returns>
    private async Task<EngineWork?> ReachAsync(
        StopState state,
        string cmdlet,
        StopWork work,
        StopStub stub,
        StopRoads roads,
        EngineSession beside
    )
    {
        bool isAlone = state == StopState.SlowDownstream && cmdlet == StopPairs.Chat;
        if (!isAlone)
        {
            await work.WhileRunning(stub.ArrivedAsync(StopStub.First));
        }

        EngineWork? other =
            state == StopState.Limiter
                ? beside.Start($"Invoke-CBorgChat other -Model {(cmdlet == StopPairs.Chat ? "priced" : "v")} -Verbose")
                : null;
        if (other is not null)
        {
            await other.VerboseAsync("Waiting for a permit");
        }

        Task? road = state switch
        {
            StopState.Resolving => roads.Silence(),
            StopState.Connecting => roads.Lead(StopFullPort.Address),
            _ => null,
        };
        _signs.Gate.Set();
        if (state == StopState.SlowDownstream && !isAlone)
        {
            await work.WhileRunning(stub.ArrivedAsync(StopStub.Second));
            stub.LetGo();
        }

        await (
            road is not null
                ? work.WhileRunning(road)
                : state switch
                {
                    StopState.MidStream or StopState.Stalled => work.WhileRunning(stub.Begun),
                    StopState.BackOff => work.VerboseAsync("trying again in 100 s"),
                    StopState.Limiter => work.VerboseAsync("Waiting for a permit"),
                    StopState.SlowDownstream => work.WhileRunning(_signs.Slow.Task),
                    _ => work.WhileRunning(stub.ArrivedAsync(StopStub.Second)),
                }
        );
        return other;
    }

    /// <summary>Has the first row answered and written; a slow command has it in its hands already.</summary>
    private static Task GoOnAsync(StopState state, StopStub stub, StopWork work)
    {
        stub.LetGo();
        return state == StopState.SlowDownstream ? Task.CompletedTask : work.OutputAsync();
    }

    private async Task EndAsync(
        StopWay way,
        StopState state,
        StopStub stub,
        StopWork work,
        EngineSession session,
        Stopwatch watch
    )
    {
        switch (way)
        {
            case StopWay.First or StopWay.Throw:
                stub.LetGo();
                _signs.GoOn.Set();
                Exception? why = await Record.ExceptionAsync(() => work.End.WaitAsync(TestTimeout.Hang));
                Assert.Equal(way == StopWay.Throw ? "down" : null, why?.Message);
                break;
            case StopWay.StopJob:
                Task<EngineRun> stop = Task.Run(() =>
                    session.Run("$args[0] | Stop-Job -PassThru | Wait-Job | ForEach-Object State", work.Job)
                );
                Assert.Equal("Stopped", (await stop.WaitAsync(TestTimeout.Hang)).Done().One.ToString());
                break;
            case StopWay.Close:
                await Task.Run(session.Runspace.Close).WaitAsync(TestTimeout.Hang);
                await Record.ExceptionAsync(() => work.End.WaitAsync(TestTimeout.Hang));
                Assert.True(work.End.IsCompleted);
                break;
            case StopWay.RemovedElsewhere:
                using (EngineSession elsewhere = EngineSession.Open())
                {
                    elsewhere.Run("Remove-Module CBorg").Done();
                }

                goto default;
            case StopWay.RemovedDownstream:
                await work.WhileRunning(_signs.Removed.Task);
                goto default;
            default:
                Assert.False(work.End.IsCompleted);
                watch.Restart();
                await work.StopAsync();
                break;
        }
    }

    /// <summary>The server sees that nobody listens any more, where it had been reached.</summary>
    private static async Task<TimeSpan?> LetGoAsync(StopState state, StopStub stub, Stopwatch watch)
    {
        if (state is StopState.Resolving or StopState.Connecting or StopState.Limiter)
        {
            Assert.False(stub.HasArrived(StopStub.Second));
            return null;
        }

        await (await stub.ArrivedAsync(StopStub.Second).WaitAsync(TestTimeout.Long)).Gone.WaitAsync(TestTimeout.Hang);
        return watch.Elapsed;
    }

    /// <summary>As many calls as there are places go at the same time: the server answers none of them before it has them
    /// all.</summary>
    private static async Task AllPlacesAreFreeAsync(EngineSession beside, StopState state)
    {
        string[] next = state == StopState.Limiter ? ["next"] : ["next 1", "next 2"];
        using EngineWork work = beside.Start("$args[0] | Invoke-CBorgChat -Model lbl/cborg-chat -ThrottleLimit 2", [next]);

        // A place that was not given back is waited for without end.
        EngineRun run = (await work.EndAsync()).Done();
        Assert.Equal(next, run.Output.Select(answer => answer!.Text("Text")));
        Assert.All(beside.Run("Get-CBorgRateLimit").Done().Output, limit => Assert.Equal(0, limit!.Get<int>("Waiting")));
    }

    private void NothingIsLeft()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Empty(_unobserved);
    }

    private void Remember(object? sender, UnobservedTaskExceptionEventArgs e)
    {
        // Only the module's own: the stub and the engine are not what is tested.
        if (
            e.Exception.ToString() is var text
            && text.Contains("CBorg.", StringComparison.Ordinal)
            && !text.Contains("CBorg.Module.Tests", StringComparison.Ordinal)
        )
        {
            _unobserved.Enqueue(e.Exception);
        }
    }
}
