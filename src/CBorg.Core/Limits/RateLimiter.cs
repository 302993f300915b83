using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>
/// Keeps the calls of one service and key within the server's limits, for all cmdlets and runspaces of the process, and for all processes where the store is shared: first come, first served, per scope.
/// </summary>
internal sealed class RateLimiter
{
    private readonly object _gate = new();
    private readonly PermitQueue _queue;
    private readonly IClock _clock;
    private readonly ILimitStore _store;
    private readonly WakeUpTimer _alarm;
    private long _turns;
    private int _problemTold;

    public RateLimiter(IClock clock, ILimitStore store)
    {
        (_clock, _store) = (clock, store);
        _queue = new PermitQueue(store.IsShared);
        _alarm = new WakeUpTimer(clock, () => Change((_, _) => true));
    }

    /// <summary>Asks the service for the account's limits. Null: nobody to ask.</summary>
    public AccountLimitsClient? Asker { get; set; }

    private TimeSpan Now => _clock.UtcNow - s_epoch;

    private static readonly DateTimeOffset s_epoch = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Waits for the permission to send.</summary>
    /// <exception cref="CBorgException">It would never be given, or a call before it found out that all would fail.</exception>
    public async Task<RateLimitLease> AcquireAsync(PermitRequest request, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QueuedCall call = Join(request, onEvent);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => Withdraw(call));
        Permit permit = await call.Admitted.Task.ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            // It was let in at the last moment, and will not be sent.
            Change((state, _) => TakeBack(state, permit));
            cancellationToken.ThrowIfCancellationRequested();
        }

        RateLimitLease lease = new(this, permit);
        try
        {
            TellOfProblem(onEvent);
            (call.Server.Length > 0 ? onEvent : null)?.Invoke(new CallEvent { Kind = CallEventKind.Resumed, Message = "A permit is free" });
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Takes what a failure tells.</summary>
    public TimeSpan? Learn(Permit permit, CBorgException failure) => Change((state, now) =>
    {
        TimeSpan? wait = state.Permits.Find(other => other.Id == permit.Id) is { } known ? new RejectionUpdate(state, now).Take(known, failure) : null;
        _queue.FailWith(failure, permit.Model);
        state.Known |= state.AskedAt is not null;
        return wait;
    });

    /// <summary>Where the server would cut a reply that asks for no length; null when it would not.</summary>
    public long? ReplyCap(string model, int below) => _store.Update(state =>
        state.Rules.CapsReplies && state.SmallestTokenLimit(model) is { } limit && limit < below ? Math.Max(1, limit / 4) : (long?)null);

    /// <summary>How many calls for a model are worth having under way.</summary>
    /// <param name="model">The model.</param>
    /// <param name="chosen">What the connection's user wants to keep to.</param>
    public int ParallelCalls(string model, LimitSet chosen) => _store.Update(state =>
    {
        Prepare(state, Now);
        state.Key.Chosen = chosen;
        long fits = state.For(model).Select(state.ParallelLimit).Min() ?? AdaptiveConcurrency.Largest;
        return (int)Math.Min(fits, 1024) + 2;
    });

    /// <summary>The scopes as people read them; the account is asked first when that was not done for a while.</summary>
    public async Task<IReadOnlyList<RateLimit>> ReportAsync(bool refresh, LimitSet chosen, CancellationToken cancellationToken)
    {
        bool ask = Change((state, now) =>
        {
            bool asks = refresh || AccountLimitsClient.IsStale(state, now);
            state.AskedAt = asks ? now : state.AskedAt;
            return asks;
        });
        if (ask && Asker is { } asker)
        {
            await asker.AskAsync(this, cancellationToken).ConfigureAwait(false);
        }

        return Change((state, now) =>
        {
            state.Key.Chosen = chosen;
            return new LimitReport(state, _clock.UtcNow, now).Rows(_queue.Waiting);
        });
    }

    /// <summary>What the account tells; null when it told nothing, which leaves the first reply to be waited for.</summary>
    public void Learn(AccountLimits? account)
    {
        if (account is not null)
        {
            Teach(state => new AccountUpdate(state, Now).Take(account));
        }
    }

    /// <summary>Changes what is known; whoever waits is looked at anew.</summary>
    internal void Teach(Action<LimitState> lesson) => Change((state, _) =>
    {
        lesson(state);
        return true;
    });

    internal void Replied(Permit permit, ReplyHeaders headers, bool success, bool isStream) => Change((state, now) =>
    {
        Permit? known = state.Permits.Find(other => other.Id == permit.Id);
        new ReplyUpdate(state, headers, now).Take(known, permit.Model, success);

        // A failure first says whether those who wait for it are to go at all.
        state.Known |= success && (!isStream || state.AskedAt is not null);
        return true;
    });

    internal void Return(Permit permit, TokensUsed? taken, bool succeeded, CallEnd end) => Change((state, now) =>
    {
        if (state.Permits.Find(other => other.Id == permit.Id) is { } known)
        {
            new PermitRelease(state, now).Take(known, taken, succeeded, end);
        }

        return true;
    });

    private void TellOfProblem(Action<CallEvent>? onEvent)
    {
        if (_store.Problem is { } problem && Interlocked.Exchange(ref _problemTold, 1) == 0)
        {
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Detail, Message = $"Limits are not shared with other processes: {problem}" });
        }
    }

    /// <summary>A listener that fails ends its own call and no other.</summary>
    private void Tell((QueuedCall Waiter, CallEvent Event) news)
    {
        try
        {
            news.Waiter.OnEvent!(news.Event);
        }
        catch (Exception e)
        {
            Change((_, _) =>
            {
                _queue.Fail(news.Waiter, e);
                return true;
            });
        }
    }

    private QueuedCall Join(PermitRequest request, Action<CallEvent>? onEvent)
    {
        QueuedCall call = new(request, onEvent);
        Change((_, _) =>
        {
            request.Ticket = request.Ticket == 0 ? ++_turns : request.Ticket;
            _queue.Add(call);
            return true;
        });
        return call;
    }

    private void Withdraw(QueuedCall call) => Change((_, _) => _queue.Remove(call));

    private static bool TakeBack(LimitState state, Permit permit)
    {
        foreach (Permit.WindowEntry entry in permit.Entries)
        {
            if (state.Scopes.TryGetValue(entry.Scope, out LimitScope? scope))
            {
                scope.Window.TakeBack(entry, permit.Tokens);
            }
        }

        return state.Permits.RemoveAll(other => other.Id == permit.Id) > 0;
    }

    private void Prepare(LimitState state, TimeSpan now)
    {
        state.Key.Chosen = LimitSet.None;
        state.Sweep(now);
    }

    /// <summary>Every change of the scopes or of the queue goes through here: afterwards all go that can, and who still waits is told of news.</summary>
    private T Change<T>(Func<LimitState, TimeSpan, T> change)
    {
        T result;
        TimeSpan? lookAgain;
        bool ask;
        List<(QueuedCall Waiter, CallEvent Event)> news = [];
        lock (_gate)
        {
            (result, lookAgain, ask) = _store.Update(state =>
            {
                TimeSpan now = Now;
                Prepare(state, now);
                T done = change(state, now);
                TimeSpan? next = _queue.Serve(state, now, news);
                bool asks = _queue.IsBlocked && Asker is not null && AccountLimitsClient.IsStale(state, now);
                state.AskedAt = asks ? now : state.AskedAt;
                return (done, next, asks);
            });
        }

        _alarm.Set(lookAgain, lookAgain - Now);
        news.ForEach(Tell);
        if (ask)
        {
            _ = Asker!.AskAsync(this);
        }

        return result;
    }
}
