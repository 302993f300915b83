using System;
using System.Collections.Generic;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>The calls of this process that wait for a permit, in the order in which they came; a call keeps its ticket
/// through its attempts. Not thread-safe: <see cref="RateLimiter"/> guards it.</summary>
/// <param name="isShared">Whether other processes change the state too, of which nobody tells us.</param>
/// <param name="owner">This process, among those that share it.</param>
internal sealed class PermitQueue(bool isShared, PermitOwner owner)
{
    // How soon news of other processes must be noticed: where a permit may be free any moment, and where only a minute's
    // end can help.
    private static readonly TimeSpan s_pollForPermit = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_pollForWindow = TimeSpan.FromMilliseconds(250);

    // A process that has not been heard of for this long is dead, and its calls with it.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(5);

    private readonly List<QueuedCall> _calls = [];
    private long _tickets;

    public bool IsEmpty => _calls.Count == 0;

    /// <summary>The first call that waits; null when none does.</summary>
    public QueuedCall? First => _calls.Count > 0 ? _calls[0] : null;

    public int Waiting(LimitScope scope)
    {
        int count = 0;
        foreach (QueuedCall call in _calls)
        {
            count += scope.Covers(call.Model) ? 1 : 0;
        }

        return count;
    }

    public void Add(QueuedCall call)
    {
        call.Request.Ticket = call.Request.Ticket == 0 ? ++_tickets : call.Request.Ticket;
        int at = _calls.Count;
        while (at > 0 && _calls[at - 1].Request.Ticket > call.Request.Ticket)
        {
            at--;
        }

        _calls.Insert(at, call);
    }

    /// <summary>Calls that wait for nothing any more leave.</summary>
    public void RemoveOver()
    {
        if (_calls.Count > 0)
        {
            _calls.RemoveAll(static call => call.IsOver);
        }
    }

    /// <summary>Decides who may go. Changes the state alone, by the permits it gives.</summary>
    /// <param name="state">The limits.</param>
    /// <param name="now">Since the Unix epoch.</param>
    /// <param name="failed">A call that failed just now, and its model; null when none did. Those that could only fail of
    /// the same are refused.</param>
    /// <param name="model">Its model.</param>
    public LimiterPlan Decide(LimitState state, TimeSpan now, CBorgException? failed = null, string model = "")
    {
        TimeSpan? heartbeat = Renew(state, now);
        if (_calls.Count == 0 && heartbeat is null)
        {
            return LimiterPlan.Empty;
        }

        LimiterPlan plan = new();
        Admission? admission = null;
        foreach (QueuedCall call in _calls)
        {
            if (call.IsOver)
            {
                continue;
            }

            admission ??= new Admission(state, now, owner, isShared ? now + s_lifetime : TimeSpan.MaxValue);
            if (Refusal(state, call, failed, model) is { } refusal)
            {
                plan.Refuse(call, refusal);
            }
            else if (admission.TryEnter(call.Request) is { } permit)
            {
                plan.Admit(call, permit);
            }
            else
            {
                plan.Hold(call, admission.Reason);
            }
        }

        plan.WakeUpBy(heartbeat ?? (plan.Grants.Count > 0 && isShared ? now + s_heartbeat : null));
        PollOthers(plan, now);
        return plan;
    }

    /// <summary>While calls wait, what other processes do is looked at again and again.</summary>
    private void PollOthers(LimiterPlan plan, TimeSpan now)
    {
        if (isShared && plan.Delays.Count > 0)
        {
            plan.WakeUpBy(now + (plan.Delays[0].Reason.Until is null ? s_pollForPermit : s_pollForWindow));
        }
    }

    private static CBorgException? Refusal(LimitState state, QueuedCall call, CBorgException? failed, string model) =>
        failed is not null && IsStopped(call, failed, model)
            ? Failures.Create(failed.Kind, failed.Message, failed.Advice, failed.Facts, failed)
            : TooLarge(state, call.Request);

    /// <summary>What is worth another try may still succeed. A budget of the key may leave models that cost nothing.</summary>
    private static bool IsStopped(QueuedCall call, CBorgException failed, string model)
    {
        bool isBudget = failed.Fault == Fault.Budget;
        return !failed.IsRetryable
            && (
                (failed.Stops >= FailureScope.Key && !isBudget)
                || ((failed.Stops == FailureScope.Model || isBudget) && call.Model == model)
            );
    }

    /// <summary>LiteLLM from 1.96 reserves tokens before the call; what is more than the whole limit is rejected for
    /// ever.</summary>
    private static CBorgException? TooLarge(LimitState state, PermitRequest request)
    {
        ServerRules rules = state.Rules;
        if (
            !rules.IsKnown
            || !rules.ReservesTokens
            || state.SmallestTokenLimit(request.Model) is not { } limit
            || request.Estimate.For(rules, limit) is var estimate && estimate <= limit
        )
        {
            return null;
        }

        return Failures.Create(
            ErrorKind.TokenLimit,
            $"This request alone is larger than the limit of {limit} tokens a minute: the server would reserve {estimate} for it, a token for four characters and the longest answer. It was not sent.",
            "Shorten the prompt or lower -MaxTokens; it can never pass as it is.",
            new ErrorFacts { Retryable = false }
        );
    }

    /// <summary>Tells the other processes that this one lives.</summary>
    /// <returns>When to do it again; null when there is nothing to keep.</returns>
    private TimeSpan? Renew(LimitState state, TimeSpan now)
    {
        if (!isShared)
        {
            return null;
        }

        bool any = false;
        foreach (Permit permit in state.Permits)
        {
            if (permit.Owner == owner.Id && !permit.IsAbandoned)
            {
                any = true;
                permit.Until = permit.Until - now < s_lifetime - s_heartbeat ? now + s_lifetime : permit.Until;
            }
        }

        return any ? now + s_heartbeat : null;
    }
}
