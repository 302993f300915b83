using System;
using System.Collections.Generic;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Limits.Simulation;

/// <summary>Clients with the limiter's scopes and queue against a proxy, in a time of their own: an hour takes
/// milliseconds.</summary>
internal sealed class Simulated
{
    private readonly PriorityQueue<Action, (double At, long Number)> _events = new();
    private readonly List<(PermitQueue Queue, List<(QueuedCall Waiter, Row Row)> Line)> _processes = [];
    private readonly Queue<Row>[] _backlog;
    private readonly LimitState _state = new();
    private readonly ProxyModel _proxy;
    private readonly bool _streams;
    private double _now;
    private double _look = -1;
    private long _numbers;
    private long _turns;

    public Simulated(ProxyModel proxy, bool streams, int processes = 1)
    {
        (_proxy, _streams) = (proxy, streams);
        _backlog = new Queue<Row>[processes];
        for (int i = 0; i < processes; i++)
        {
            _processes.Add((new PermitQueue(processes > 1, new PermitOwner()), []));
            _backlog[i] = new Queue<Row>();
        }
    }

    // Rows that wait for a permit at once, as a pipeline has them.
    private const int Width = 8;

    /// <summary>What a request takes to the server.</summary>
    public double NetworkDelay { get; init; } = 0.005;

    public int Done { get; private set; }

    public Dictionary<string, int> Rejected { get; } = [];

    public int Requests { get; private set; }

    /// <summary>What was rejected when, and what the scopes said.</summary>
    public List<string> Log { get; } = [];

    public LimitState State => _state;

    /// <summary>The account's answer, some ms after the start.</summary>
    public void Tell(AccountLimits account, double at = 0.02) => At(at, () => new AccountUpdate(_state, Now).Take(account));

    /// <summary>That many rows to each process at a moment.</summary>
    public void Add(int rows, double length, long estimate = 0, long used = 0, double at = 0, int process = -1) =>
        At(
            at,
            () =>
            {
                for (int i = 0; i < rows; i++)
                {
                    _backlog[process < 0 ? i % _processes.Count : process].Enqueue(new Row(++_turns, length, estimate, used));
                }
            }
        );

    /// <summary>Somebody else with the same key sends at even steps; what is rejected is given up.</summary>
    public void AddOther(double from, double to, double step, double length = 0.1)
    {
        for (double at = from; at < to; at += step)
        {
            double then = at;
            At(
                then,
                () =>
                {
                    Verdict verdict = _proxy.Arrive(then, 0);
                    if (verdict.Limit is null)
                    {
                        OthersDone++;
                        At(then + length, () => _proxy.Leave(then + length, verdict.Window, 0, 0));
                    }
                }
            );
        }
    }

    public int OthersDone { get; private set; }

    public double Ended { get; private set; }

    public void Run(double until)
    {
        Serve();
        while (_events.TryPeek(out _, out (double At, long _) next) && next.At <= until)
        {
            _now = Math.Max(_now, next.At);
            _events.Dequeue()();
            Serve();
        }
    }

    // The service began at some second and a half: whole seconds of its clock are nobody's but its own.
    private TimeSpan Now => TimeSpan.FromSeconds(1_800_000_000.37 + _now);

    private void At(double at, Action action) => _events.Enqueue(action, (at, ++_numbers));

    private void Enqueue(int process, Row row)
    {
        QueuedCall call = new(
            new PermitRequest("gpt", new TokenEstimate(0, row.Estimate), LimitSet.None) { Ticket = row.Turn },
            null
        );
        _processes[process].Queue.Add(call);
        _processes[process].Line.Add((call, row));
    }

    private void Serve()
    {
        for (int i = 0; i < _processes.Count; i++)
        {
            while (_processes[i].Line.Count < Width && _backlog[i].TryDequeue(out Row? fresh))
            {
                Enqueue(i, fresh);
            }

            _state.Sweep(Now);
            LimiterPlan plan = _processes[i].Queue.Decide(_state, Now);
            foreach (LimiterPlan.Grant grant in plan.Grants)
            {
                grant.Call.TryAdmit(grant.Permit);
            }

            _processes[i].Queue.RemoveOver();
            foreach (
                (QueuedCall call, Row row) in _processes[i].Line.FindAll(entry => entry.Waiter.Permit.IsCompletedSuccessfully)
            )
            {
                _processes[i].Line.Remove((call, row));
                Send(i, call.Permit.Result, row);
            }

            _state.AskedAt ??= _processes[i].Queue.IsEmpty ? null : Now;
            if (plan.WakeUp is { } look && _processes[i].Line.Count > 0)
            {
                LookAt(_now + Math.Max((look - Now).TotalSeconds, 0.001));
            }
        }
    }

    private void LookAt(double at)
    {
        if (_look <= _now || at < _look - 1e-6)
        {
            _look = at;
            At(at, () => { });
        }
    }

    private void Send(int process, Permit permit, Row row)
    {
        Requests++;
        At(
            _now + NetworkDelay,
            () =>
            {
                Verdict verdict = _proxy.Arrive(_now + 0.37, row.Estimate);
                if (verdict.Limit is not null)
                {
                    At(_now + NetworkDelay, () => Reject(process, permit, row, verdict));
                    return;
                }

                At(
                    _now + (_streams ? row.Length / 3 : row.Length),
                    () => new ReplyUpdate(_state, _proxy.Headers(verdict, _streams), Now).Take(permit, "gpt", success: true)
                );
                At(
                    _now + row.Length,
                    () =>
                    {
                        _proxy.Leave(_now + 0.37, verdict.Window, row.Estimate, row.Used);
                        _state.Known |= !_streams || _state.AskedAt is not null;
                        new PermitRelease(_state, Now).Take(
                            permit,
                            new TokensUsed(row.Used, row.Used),
                            succeeded: true,
                            CallEnd.Read
                        );
                        Done++;
                        Ended = _now;
                    }
                );
            }
        );
    }

    private void Reject(int process, Permit permit, Row row, Verdict verdict)
    {
        Window window = _state.Key.Window;
        Log.Add(
            $"{_now:0.00} {verdict.Limit} own {window.Own.Requests} others {window.Others.Requests} before {window.OthersBefore} opened {window.OpenedBy.TotalSeconds - 1_800_000_000.37:0.00} certain {window.Certain} probes {_state.Key.FailedProbes} scout {_state.Key.ProbeId == permit.Id}"
        );
        Rejected[verdict.Limit!] = Rejected.GetValueOrDefault(verdict.Limit!) + 1;
        ErrorKind kind = verdict.Limit switch
        {
            "requests" => ErrorKind.RequestLimit,
            "tokens" => ErrorKind.TokenLimit,
            _ => ErrorKind.ParallelLimit,
        };
        new ReplyUpdate(_state, _proxy.Headers(verdict, _streams), Now).Take(permit, "gpt", success: false);
        new RejectionUpdate(_state, Now).Take(permit, Given.Failure(kind, message: verdict.Message));
        new PermitRelease(_state, Now).Take(permit, null, succeeded: false, CallEnd.Read);
        Enqueue(process, row);
    }

    private sealed record Row(long Turn, double Length, long Estimate, long Used);
}
