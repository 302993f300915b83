using System;
using System.Collections.Generic;
using System.Linq;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>The calls of this process that wait for a permit, in the order in which they came. Not thread-safe: <see cref="RateLimiter"/> guards it.</summary>
/// <param name="isShared">Whether other processes change the scopes too, of which nobody tells us.</param>
internal sealed class PermitQueue(bool isShared)
{
    // How soon others' news must be noticed when a permit may be free any moment, and when only a minute's end can help.
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    // A process that has not been heard of for this long is dead, and its calls with it.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(5);

    private readonly LinkedList<QueuedCall> _waiters = new();
    private readonly Guid _owner = Guid.NewGuid();

    public bool IsBlocked => _waiters.Count > 0;

    public int Waiting(LimitScope scope) => _waiters.Count(call => scope.Covers(call.Model));

    public void Add(QueuedCall call)
    {
        LinkedListNode<QueuedCall>? before = _waiters.Last;
        while (before is not null && before.Value.Ticket > call.Ticket)
        {
            before = before.Previous;
        }

        if (before is null)
        {
            _waiters.AddFirst(call);
        }
        else
        {
            _waiters.AddAfter(before, call);
        }
    }

    /// <returns>False when it has been let in already.</returns>
    public bool Remove(QueuedCall call)
    {
        _waiters.Remove(call);
        return call.Admitted.TrySetCanceled();
    }

    /// <summary>Calls that could only fail of the same do not go at all.</summary>
    public bool FailWith(CBorgException failure, string model)
    {
        bool endsModel = failure.Kind == ErrorKind.Budget;
        bool endsAll = failure.Kind is ErrorKind.KeyMissing or ErrorKind.KeyUnknown or ErrorKind.KeyExpired or ErrorKind.KeyBlocked or ErrorKind.AddressNotAllowed or ErrorKind.EdgeBlocked;
        foreach (QueuedCall call in endsModel || endsAll ? _waiters.ToArray() : [])
        {
            if (endsAll || call.Model == model)
            {
                Fail(call, Failures.Create(failure.Kind, failure.Message, failure.Advice, failure.Facts, failure));
            }
        }

        return true;
    }

    /// <summary>Lets in all that fit.</summary>
    /// <returns>When to look again, since the Unix epoch; null when something has to happen first.</returns>
    public TimeSpan? Serve(LimitState state, TimeSpan now, List<(QueuedCall Waiter, CallEvent Event)> news)
    {
        Admission admission = new(state, now);
        TimeSpan? next = null;
        for (LinkedListNode<QueuedCall>? node = _waiters.First; node is not null && !admission.IsClosed;)
        {
            LinkedListNode<QueuedCall>? following = node.Next;
            QueuedCall call = node.Value;
            state.Key.Chosen = call.Chosen;
            if (NeverFits(state, call) is { } failure)
            {
                Fail(call, failure);
            }
            else if (admission.TryEnter(call.Model, call.Estimate, _owner, isShared ? now + s_lifetime : TimeSpan.MaxValue) is { } permit)
            {
                _waiters.Remove(node);
                call.Admitted.TrySetResult(permit);
            }
            else
            {
                call.WaitReason = admission.Last;
                next = Earlier(next, call.WaitReason.Until);
            }

            node = following;
        }

        next = Earlier(next, Renew(state, now));
        if (isShared && _waiters.First is { } head)
        {
            next = Earlier(next, now + (head.Value.WaitReason.Until is null ? s_glance : s_look));
        }

        CollectNews(now, news);
        return next is { } at && at < now ? now : next;
    }

    /// <summary>Only the heads of lines know their reason; those behind wait for the same.</summary>
    private void CollectNews(TimeSpan now, List<(QueuedCall Waiter, CallEvent Event)> news)
    {
        WaitReason last = default;
        foreach (QueuedCall call in _waiters)
        {
            last = call.WaitReason.Reason is null ? last : call.WaitReason;
            WaitReason block = call.WaitReason.Reason is null ? last : call.WaitReason;
            if (call.OnEvent is not null && call.Server != block.Reason)
            {
                call.Server = block.Reason;
                news.Add((call, new CallEvent { Kind = CallEventKind.Waiting, Message = $"Waiting for a free permit: {block.Reason}", Delay = block.Until - now }));
            }
        }
    }

    /// <summary>Tells the other processes that this one lives.</summary>
    private TimeSpan? Renew(LimitState state, TimeSpan now)
    {
        if (!isShared)
        {
            return null;
        }

        List<Permit> own = state.Permits.FindAll(permit => permit.Owner == _owner && !permit.IsAbandoned);
        foreach (Permit permit in own.Where(permit => permit.Until - now < s_lifetime - s_heartbeat))
        {
            permit.Until = now + s_lifetime;
        }

        return own.Count == 0 ? null : now + s_heartbeat;
    }

    /// <summary>LiteLLM from 1.96 scopes before the call; what is more than the whole limit is rejected for ever.</summary>
    private static CBorgException? NeverFits(LimitState state, QueuedCall call)
    {
        ServerRules rules = state.Rules;
        if (!rules.IsKnown || !rules.ReservesTokens || state.SmallestTokenLimit(call.Model) is not { } limit || call.Estimate.For(rules, limit) is var estimate && estimate <= limit)
        {
            return null;
        }

        return Failures.Create(
            ErrorKind.TokenLimit,
            $"This request alone is larger than the limit of {limit} tokens a minute: the server would scope {estimate} for it, a token for four characters and the longest answer. It was not sent.",
            "Shorten the prompt or lower -MaxTokens; it can never pass as it is.",
            new ErrorFacts { Retryable = false });
    }

    public void Fail(QueuedCall call, Exception failure)
    {
        _waiters.Remove(call);
        call.Admitted.TrySetException(failure);
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;
}
