using System;
using System.Collections.Generic;
using System.Linq;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>The calls of this process that wait for a place, in the order in which they came. Not thread-safe: <see cref="RateLimiter"/> guards it.</summary>
/// <param name="isShared">Whether other processes change the books too, of which nobody tells us.</param>
internal sealed class CallQueue(bool isShared)
{
    // How soon others' news must be noticed when a place may be free any moment, and when only a minute's end can help.
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    // A process that has not been heard of for this long is dead, and its calls with it.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(5);

    private readonly LinkedList<CallWaiter> _waiters = new();
    private readonly Guid _owner = Guid.NewGuid();

    public bool IsBlocked => _waiters.Count > 0;

    public int Waiting(LimitBook book) => _waiters.Count(waiter => book.Covers(waiter.Model));

    public void Add(CallWaiter waiter)
    {
        LinkedListNode<CallWaiter>? before = _waiters.Last;
        while (before is not null && before.Value.Ticket > waiter.Ticket)
        {
            before = before.Previous;
        }

        if (before is null)
        {
            _waiters.AddFirst(waiter);
        }
        else
        {
            _waiters.AddAfter(before, waiter);
        }
    }

    /// <returns>False when it has been let in already.</returns>
    public bool Remove(CallWaiter waiter)
    {
        _waiters.Remove(waiter);
        return waiter.Admitted.TrySetCanceled();
    }

    /// <summary>Calls that could only fail of the same do not go at all.</summary>
    public bool FailWith(CBorgException failure, string model)
    {
        // What is worth another try may still succeed. A budget of the key may leave models that cost nothing.
        bool isFinal = !failure.IsRetryable;
        bool endsAll = isFinal && failure.Stops >= FailureScope.Key && failure.Fault != Fault.Budget;
        bool endsModel = isFinal && (failure.Stops == FailureScope.Model || failure.Fault == Fault.Budget);
        foreach (CallWaiter waiter in endsModel || endsAll ? _waiters.ToArray() : [])
        {
            if (endsAll || waiter.Model == model)
            {
                Fail(waiter, Failures.Create(failure.Kind, failure.Message, failure.Advice, failure.Facts, failure));
            }
        }

        return true;
    }

    /// <summary>Lets in all that fit.</summary>
    /// <returns>When to look again, since the Unix epoch; null when something has to happen first.</returns>
    public TimeSpan? Serve(LimitState state, TimeSpan now, List<(CallWaiter Waiter, CallEvent Event)> news)
    {
        Admission admission = new(state, now);
        TimeSpan? next = null;
        for (LinkedListNode<CallWaiter>? node = _waiters.First; node is not null && !admission.IsClosed;)
        {
            LinkedListNode<CallWaiter>? following = node.Next;
            CallWaiter waiter = node.Value;
            state.Key.Chosen = waiter.Chosen;
            if (NeverFits(state, waiter) is { } failure)
            {
                Fail(waiter, failure);
            }
            else if (admission.TryEnter(waiter.Model, waiter.Estimate, _owner, isShared ? now + s_lifetime : TimeSpan.MaxValue) is { } place)
            {
                _waiters.Remove(node);
                waiter.Admitted.TrySetResult(place);
            }
            else
            {
                waiter.Block = admission.Last;
                next = Earlier(next, waiter.Block.Until);
            }

            node = following;
        }

        next = Earlier(next, Renew(state, now));
        if (isShared && _waiters.First is { } head)
        {
            next = Earlier(next, now + (head.Value.Block.Until is null ? s_glance : s_look));
        }

        CollectNews(now, news);
        return next is { } at && at < now ? now : next;
    }

    /// <summary>Only the heads of lines know their reason; those behind wait for the same.</summary>
    private void CollectNews(TimeSpan now, List<(CallWaiter Waiter, CallEvent Event)> news)
    {
        Block last = default;
        foreach (CallWaiter waiter in _waiters)
        {
            last = waiter.Block.Reason is null ? last : waiter.Block;
            Block block = waiter.Block.Reason is null ? last : waiter.Block;
            if (waiter.OnEvent is not null && waiter.Told != block.Reason)
            {
                waiter.Told = block.Reason;
                news.Add((waiter, new CallEvent { Kind = CallEventKind.Waiting, Message = $"Waiting for a free place: {block.Reason}", Delay = block.Until - now }));
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

        List<Place> own = state.Places.FindAll(place => place.Owner == _owner && !place.IsGhost);
        foreach (Place place in own.Where(place => place.Until - now < s_lifetime - s_heartbeat))
        {
            place.Until = now + s_lifetime;
        }

        return own.Count == 0 ? null : now + s_heartbeat;
    }

    /// <summary>LiteLLM from 1.96 books before the call; what is more than the whole limit is rejected for ever.</summary>
    private static CBorgException? NeverFits(LimitState state, CallWaiter waiter)
    {
        ServerRules rules = state.Rules;
        if (!rules.IsKnown || !rules.ReservesTokens || state.SmallestTokenLimit(waiter.Model) is not { } limit || waiter.Estimate.For(rules, limit) is var estimate && estimate <= limit)
        {
            return null;
        }

        return Failures.Create(
            ErrorKind.TokenLimit,
            $"This request alone is larger than the limit of {limit} tokens a minute: the server would book {estimate} for it, a token for four characters and the longest answer. It was not sent.",
            "Shorten the prompt or lower -MaxTokens; it can never pass as it is.",
            new ErrorFacts { Retryable = false });
    }

    public void Fail(CallWaiter waiter, Exception failure)
    {
        _waiters.Remove(waiter);
        waiter.Admitted.TrySetException(failure);
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;
}
