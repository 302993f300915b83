using System;
using System.Collections.Generic;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>
/// What all calls of the process know of an endpoint that is down. Of the calls that wait for it to come back one probes, the
/// others wait for what it finds; when it fails the next one probes, so that a request which is itself the cause of the fault
/// does not hold up the others for long. Where there is no service at all the circuit is the whole endpoint's; what a living
/// proxy answers with a fault has a circuit by itself: that route, and that model.
/// </summary>
internal sealed class CircuitBreaker(IClock clock)
{
    private const string Endpoint = "";

    // Where nobody has asked for that long, nobody waits; what was known then is no knowledge any more.
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(150);

    private readonly object _gate = new();
    private readonly Dictionary<string, Circuit> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Answered> _answered = new(StringComparer.Ordinal);

    /// <summary>
    /// The open circuit that a new call has to wait for; null when it may go. One that has been open for longer than the call
    /// would wait is no reason to wait: the call sees for itself.
    /// </summary>
    public Circuit? InTheWay(CallRequest request, TimeSpan longest)
    {
        lock (_gate)
        {
            return Find(Endpoint, longest) ?? Find(ScopeOf(request), longest);
        }
    }

    /// <summary>A reply came: what it shows to be alive is no longer down.</summary>
    /// <param name="request">What it replies to.</param>
    /// <param name="failure">What the reply says; null for a success.</param>
    public void Replied(CallRequest request, CBorgException? failure)
    {
        FailureScope? breaks = failure?.Row.Breaks;
        lock (_gate)
        {
            if (breaks != FailureScope.Service)
            {
                Close(Endpoint);
            }

            if (breaks is null)
            {
                Close(ScopeOf(request));
            }
        }
    }

    /// <summary>A call found something down.</summary>
    /// <param name="call">It. If it was to probe, it has.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="delay">How long to leave the service alone, by the failure and how often it was asked.</param>
    /// <returns>What to wait for. A circuit of its own, known to no other call, when others were answered meanwhile.</returns>
    public Circuit Failed(CallContext call, CBorgException failure, Func<CBorgException, int, TimeSpan> delay)
    {
        string scope = failure.Row.Breaks == FailureScope.Service ? Endpoint : ScopeOf(call.Request);
        lock (_gate)
        {
            TimeSpan now = clock.Elapsed;
            if (call.Probe is { IsClosed: false } probed && probed.Scope == scope)
            {
                probed.Failed(failure, now, delay);
                call.Probe = null;
                return probed;
            }

            TakeProbe(call);
            if (Find(scope, TimeSpan.MaxValue) is { } known)
            {
                known.Seen(failure, now);
                return known;
            }

            Circuit circuit = new(scope, failure, clock.UtcNow, now);
            circuit.Failed(failure, now, delay);
            if (!_answered.TryGetValue(scope, out Answered? answered) || answered.At < call.SentAt)
            {
                _open[scope] = circuit;
            }

            return circuit;
        }
    }

    /// <summary>A call has no use for its probe any more: the next one's.</summary>
    public void Release(CallContext call)
    {
        if (call.Probe is not null)
        {
            lock (_gate)
            {
                TakeProbe(call);
            }
        }
    }

    /// <summary>Does something with a circuit while nobody else does.</summary>
    public T With<T>(Func<T> work)
    {
        lock (_gate)
        {
            return work();
        }
    }

    private static void TakeProbe(CallContext call)
    {
        Circuit? probed = call.Probe;
        call.Probe = null;
        probed?.PassOn();
    }

    private static string ScopeOf(CallRequest request) => request.Model ?? request.Route;

    private Circuit? Find(string scope, TimeSpan longest)
    {
        if (!_open.TryGetValue(scope, out Circuit? circuit))
        {
            return null;
        }

        TimeSpan now = clock.Elapsed;
        if (now - circuit.FailedAt > s_stale && circuit.Waiting.Count == 0 && circuit.Prober is null)
        {
            _open.Remove(scope);
            return null;
        }

        return now - circuit.Began < longest ? circuit : null;
    }

    private void Close(string scope)
    {
        if (!_answered.TryGetValue(scope, out Answered? answered))
        {
            _answered[scope] = answered = new Answered();
        }

        answered.At = clock.Elapsed;
        if (_open.TryGetValue(scope, out Circuit? circuit))
        {
            _open.Remove(scope);
            circuit.Close();
        }
    }

    /// <summary>When a scope last gave an answer.</summary>
    private sealed class Answered
    {
        public TimeSpan At { get; set; }
    }
}
