using System;
using System.Collections.Generic;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>
/// What all calls of the process know of an endpoint's outages. Of the calls that wait for a service to come back one asks, the others wait for its verdict; when it fails the next one's turn comes,
/// so that a request which is itself the cause of the fault does not hold up the others for long. Where there is no service at all the whole endpoint is down; what a living proxy answers with a
/// fault is down by itself: that route, and that model.
/// </summary>
internal sealed class OutageGate(IClock clock)
{
    // Where nobody has asked for that long, nobody waits; what was known then is no knowledge any more.
    private static readonly TimeSpan s_stale = TimeSpan.FromSeconds(150);

    private readonly object _gate = new();
    private readonly Dictionary<string, Outage> _outages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> _alive = new(StringComparer.Ordinal);

    /// <summary>An outage that a new call has to wait for; null when it may go. One that lasts longer than the call would wait is no reason to wait: the call sees for itself.</summary>
    public Outage? InTheWay(Outgoing outgoing, TimeSpan patience)
    {
        lock (_gate)
        {
            return Find("", patience) ?? Find(Route(outgoing), patience);
        }
    }

    /// <summary>A reply came: what it shows to be alive is no longer down.</summary>
    /// <param name="outgoing">The request.</param>
    /// <param name="failure">What the reply says; null for a success.</param>
    public void Replied(Outgoing outgoing, CBorgException? failure)
    {
        lock (_gate)
        {
            if (failure?.Row.Breaks is not FailureScope.Service)
            {
                Alive("");
            }

            if (failure?.Row.Breaks is null)
            {
                Alive(Route(outgoing));
            }
        }
    }

    /// <summary>A call found something down.</summary>
    /// <param name="outgoing">The request.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="sentAt">When it was sent.</param>
    /// <param name="probed">The outage that it was to see the end of; null when it knew of none.</param>
    /// <param name="delay">How long to leave the service alone, by the failure and how often it was asked.</param>
    /// <returns>What to wait for. An outage of its own, known to no other call, when others were answered meanwhile.</returns>
    public Outage Failed(Outgoing outgoing, CBorgException failure, TimeSpan sentAt, Outage? probed, Func<CBorgException, int, TimeSpan> delay)
    {
        string scope = failure.Row.Breaks == FailureScope.Service ? "" : Route(outgoing);
        lock (_gate)
        {
            TimeSpan now = clock.Elapsed;
            if (probed is { Over: false })
            {
                if (probed.Scope == scope)
                {
                    probed.Failed(failure, now, delay);
                    return probed;
                }

                probed.PassOn();
            }

            if (Find(scope, TimeSpan.MaxValue) is { } known)
            {
                known.Seen(failure, now);
                return known;
            }

            Outage outage = new(scope, failure, clock.UtcNow, now);
            outage.Failed(failure, now, delay);
            if (!_alive.TryGetValue(scope, out TimeSpan alive) || alive < sentAt)
            {
                _outages[scope] = outage;
            }

            return outage;
        }
    }

    /// <summary>A call that was to ask gives up: the next one's turn comes.</summary>
    public void Leave(Outage outage)
    {
        lock (_gate)
        {
            outage.PassOn();
        }
    }

    /// <summary>Does something with an outage while nobody else does.</summary>
    public T With<T>(Func<T> work)
    {
        lock (_gate)
        {
            return work();
        }
    }

    private static string Route(Outgoing outgoing) => outgoing.Model ?? outgoing.Path.Split('?')[0];

    private Outage? Find(string scope, TimeSpan patience)
    {
        if (!_outages.TryGetValue(scope, out Outage? outage))
        {
            return null;
        }

        TimeSpan now = clock.Elapsed;
        if (now - outage.FailedAt > s_stale && outage.Waiting.Count == 0 && !outage.Probing)
        {
            _outages.Remove(scope);
            return null;
        }

        return now - outage.Began < patience ? outage : null;
    }

    private void Alive(string scope)
    {
        _alive[scope] = clock.Elapsed;
        if (_outages.TryGetValue(scope, out Outage? outage))
        {
            _outages.Remove(scope);
            outage.End();
        }
    }
}
