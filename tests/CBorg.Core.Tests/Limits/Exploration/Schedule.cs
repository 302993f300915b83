using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CBorg.Core.Limits;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Limits.Exploration;

/// <summary>
/// One order of the limiter's steps, drawn by a seed: calls come, are given up, are answered, fail and end; timers ring,
/// posted work runs and transactions fail, one at a time and in any order.
/// Then all is let run to its end, and has to be well.
/// </summary>
internal sealed class Schedule
{
    private const int Steps = 60;
    private const int MostCalls = 14;
    private const int Parallel = 3;
    private const int Requests = 9;
    private const int FinalSteps = 4000;

    private readonly Random _random;
    private readonly StepClock _clock = new();
    private readonly MemoryCell _cell = new();
    private readonly List<Action> _posted = [];
    private readonly List<RateLimiter> _limiters = [];
    private readonly List<ObservedStore> _stores = [];
    private readonly List<ExploredCall> _calls = [];
    private readonly bool _hasFaults;
    private TimeSpan? _windowOpened;
    private int _inWindow;

    public Schedule(int seed)
    {
        _random = new Random(seed);
        int processes = _random.Next(3);
        _hasFaults = processes == 1 && _random.Next(3) == 0;
        for (int i = 0; i < Math.Max(1, processes); i++)
        {
            _stores.Add(new ObservedStore(processes == 0 ? new PrivateStore() : new SharedStore(_cell, _clock)));
            _limiters.Add(new RateLimiter(_clock, _stores[i], _posted.Add));
        }

        _limiters[0]
            .Change(
                (state, now) =>
                {
                    (state.Known, state.GaveBack) = (true, true);
                    new ReplyUpdate(
                        state,
                        Given.Headers(
                            $"x-ratelimit-api_key-limit-max_parallel_requests: {Parallel}",
                            $"x-ratelimit-api_key-limit-requests: {Requests}"
                        ),
                        now
                    ).Take(null, "gpt", success: true);
                }
            );
    }

    public void Run()
    {
        for (int i = 0; i < Steps; i++)
        {
            Step();
            Settle();
        }

        _cell.Fault = null;
        for (int i = 0; i < FinalSteps && _calls.Exists(call => !call.IsOver); i++)
        {
            Finish();
            Settle();
        }

        Judge();
        _calls.ForEach(call => call.Dispose());
    }

    private void Step()
    {
        switch (_random.Next(12))
        {
            case 0 or 1 or 2 or 3 when _calls.Count < MostCalls:
                Begin();
                break;
            case 4:
                Pick(call => call.IsWaiting)?.Cancel();
                break;
            case 5 or 6:
                End(Pick(call => call.IsInFlight));
                break;
            case 7 when _posted.Count > 0:
                RunPosted(_random.Next(_posted.Count));
                break;
            case 8 when _hasFaults:
                CellFault?[] faults = [CellFault.Busy, CellFault.FullDisk, CellFault.Damaged, null];
                CellFault? fault = faults[_random.Next(faults.Length)];
                _cell.Fault = _ => fault;
                break;
            default:
                _clock.Step(TimeSpan.FromMilliseconds(_random.Next(1, 400)));
                break;
        }
    }

    private ExploredCall? Pick(Func<ExploredCall, bool> fits)
    {
        ExploredCall[] fitting = [.. _calls.Where(fits)];
        return fitting.Length == 0 ? null : fitting[_random.Next(fitting.Length)];
    }

    private void Begin()
    {
        ExploredCall call = new(_random.Next(_limiters.Count), _random.Next(3) == 0 ? "other" : "gpt", _random.Next(8) == 0);
        _calls.Add(call);
        call.Start(_limiters[call.Process]);
    }

    private void End(ExploredCall? call)
    {
        if (call is null)
        {
            return;
        }

        RateLimitLease lease = call.Lease.Result;
        switch (_random.Next(4))
        {
            case 0:
                lease.GiveUp();
                break;
            case 1:
                lease.Failed(Given.Failure(ErrorKind.ProviderFault));
                break;
            default:
                lease.Replied(Given.Headers("x-litellm-version: 1.102.4"), 200, _random.Next(2) == 0);
                break;
        }

        call.IsOver = true;
        lease.Dispose();
    }

    private void RunPosted(int index)
    {
        Action work = _posted[index];
        _posted.RemoveAt(index);
        work();
    }

    /// <summary>Everything is let end: what was posted runs, what is in flight returns, time goes on.</summary>
    private void Finish()
    {
        if (_posted.Count > 0)
        {
            RunPosted(0);
        }
        else if (_calls.Find(call => call.IsInFlight) is { } call)
        {
            End(call);
        }
        else
        {
            _clock.Step(TimeSpan.FromMilliseconds(250));
        }
    }

    /// <summary>A permit reaches its call by the pool; the next step waits for that, so that a seed means one order.</summary>
    private void Settle()
    {
        foreach (ExploredCall call in _calls.Where(call => call.IsWaiting && call.IsCancelled))
        {
            Assert.True(SpinWait.SpinUntil(() => call.Lease.IsCompleted, TimeSpan.FromSeconds(10)), "A cancelled call waits on.");
        }

        for (int process = 0; process < _stores.Count; process++)
        {
            int held = _stores[process].Permits.Count;
            bool IsDelivered() => _calls.Count(call => call.Process == process && call.IsInFlight) + Ending(process) >= held;
            Assert.True(SpinWait.SpinUntil(IsDelivered, TimeSpan.FromSeconds(10)), $"A permit is held by nobody: {Describe()}");
        }

        foreach (
            ExploredCall call in _calls.Where(call =>
                !call.IsOver && call.Lease.IsCompleted && !call.Lease.IsCompletedSuccessfully
            )
        )
        {
            call.IsOver = true;
        }

        Arrive();
    }

    private string Describe() =>
        $"process count {_stores.Count}, faults {_hasFaults}, held {string.Join(", ", _stores.Select(store => store.Permits.Count))}; "
        + string.Join(
            "; ",
            _calls.Select(call =>
                $"{call.Process} {call.Model} {call.Lease.Status} over {call.IsOver} cancelled {call.IsCancelled}"
            )
        );

    /// <summary>Calls that end by their listener or their stop give the permit back by themselves.</summary>
    private int Ending(int process) => _calls.Count(call => call.Process == process && !call.IsOver && call.Lease.IsFaulted);

    /// <summary>What the server sees: each admitted call is a request of its window.</summary>
    private void Arrive()
    {
        foreach (ExploredCall call in _calls.Where(call => call.IsInFlight && !_arrived.Contains(call)))
        {
            _arrived.Add(call);
            if (_windowOpened is not { } opened || _clock.Elapsed - opened >= TimeSpan.FromSeconds(60))
            {
                (_windowOpened, _inWindow) = (_clock.Elapsed, 0);
            }

            _inWindow++;
            if (!_hasFaults)
            {
                Assert.True(_inWindow <= Requests, "More requests in a window than the server lets pass.");
                Assert.True(
                    _calls.Count(other => other.IsInFlight) <= Parallel,
                    "More calls in flight than the server lets pass."
                );
            }
        }
    }

    private readonly HashSet<ExploredCall> _arrived = [];

    private void Judge()
    {
        Assert.True(_calls.TrueForAll(call => call.IsOver), "A call waits for ever.");
        foreach (ExploredCall call in _calls)
        {
            int waiting = call.Heard.ToList().LastIndexOf(CallEventKind.Waiting);
            int resumed = call.Heard.ToList().IndexOf(CallEventKind.Resumed);
            Assert.True(resumed < 0 || waiting < resumed, "A call is told that it waits after that it does not any more.");
        }

        foreach (ObservedStore store in _stores)
        {
            Assert.Empty(store.Permits);
        }
    }
}
