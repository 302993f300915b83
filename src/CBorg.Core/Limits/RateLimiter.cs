using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core.Limits;

/// <summary>
/// Keeps the calls of one service and key within the server's limits, for all cmdlets and runspaces of the process, and for
/// all processes where the store is shared: first come, first served, per scope.
/// Each change of the state decides anew who may go. What was decided is carried out under the lock, once, after the store
/// has kept the state; listeners are told outside of it, in order.
/// </summary>
internal sealed class RateLimiter
{
    private static readonly DateTimeOffset s_epoch = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What the account said is good for so long.
    private static readonly TimeSpan s_accountAge = TimeSpan.FromMinutes(10);

    // How soon to look again whether another process has given the state back.
    private static readonly TimeSpan s_leasePollInterval = TimeSpan.FromMilliseconds(10);

    private readonly object _gate = new();
    private readonly IClock _clock;
    private readonly ILimitStore _store;
    private readonly PermitQueue _queue;
    private readonly WakeUpTimer _wakeUp;
    private readonly LimiterNotices _notices = new();
    private readonly LimitSnapshots _snapshots = new();
    private readonly Action<Action> _post;
    private int _isPassScheduled;
    private int _isProblemReported;

    /// <param name="clock">Time.</param>
    /// <param name="store">Where the state is kept.</param>
    /// <param name="post">Has something done soon by another thread; the pool's if not said.</param>
    public RateLimiter(IClock clock, ILimitStore store, Action<Action>? post = null)
    {
        (_clock, _store, _post) = (clock, store, post ?? ToPool);
        _queue = new PermitQueue(store.IsShared, store.Owner);
        _wakeUp = new WakeUpTimer(clock, SchedulePass);
    }

    public static TimeSpan SinceEpoch(IClock clock) => clock.UtcNow - s_epoch;

    /// <summary>Waits for the permission to send.</summary>
    /// <exception cref="CBorgException">It would never be given, or a call before it found out that all would fail.</exception>
    public Task<RateLimitLease> AcquireAsync(
        PermitRequest request,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<RateLimitLease>(cancellationToken);
        }

        QueuedCall call = new(request, onEvent);
        Pass(call);
        return call.Permit.Status == TaskStatus.RanToCompletion && !HasNews(call)
            ? Task.FromResult(new RateLimitLease(this, call.Permit.Result))
            : WaitAsync(call, cancellationToken);
    }

    /// <summary>Takes what a failure tells.</summary>
    /// <returns>How long to wait before the call asks for a permit again: zero when the queue itself holds it as long as
    /// needed; null when the limits say nothing about it.</returns>
    public TimeSpan? Failed(Permit permit, CBorgException failure)
    {
        TimeSpan? delay = null;
        Change(
            (state, now) =>
            {
                delay = state.Permit(permit.Id) is { } known ? new RejectionUpdate(state, now).Take(known, failure) : null;
                state.Known |= state.AskedAt is not null;
            },
            failure,
            permit.Model
        );
        return delay;
    }

    /// <summary>Where the server would cut a reply that asks for no length; null when it would not, as far as is known.
    /// Never waits.</summary>
    public long? ReplyCap(string model) => _snapshots.Of(model)?.ReplyCap;

    /// <summary>How many calls for a model are worth having under way. Never waits.</summary>
    /// <param name="model">The model.</param>
    /// <param name="userLimits">What the connection's user wants to keep to.</param>
    public int ParallelCalls(string model, LimitSet userLimits)
    {
        if (_snapshots.Of(model) is not { } known)
        {
            _snapshots.Watch(model);
            Pass();
            known = _snapshots.Of(model);
        }

        return (known ?? LimitSnapshots.Unknown).ParallelCalls(userLimits);
    }

    /// <summary>The limits as people read them; the account is asked first when that was not done for a while.</summary>
    /// <param name="refresh">Whether it is asked in any case.</param>
    /// <param name="userLimits">What the connection's user wants to keep to.</param>
    /// <param name="account">Asks it.</param>
    /// <param name="cancellationToken">The caller's stop.</param>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<IReadOnlyList<RateLimit>> ReportAsync(
        bool refresh,
        LimitSet userLimits,
        AccountLimitsClient? account,
        CancellationToken cancellationToken
    )
    {
        bool asks = false;
        Change(
            (state, now) =>
            {
                asks = account is not null && (refresh || IsAccountStale(state, now));
                state.AskedAt = asks ? now : state.AskedAt;
            }
        );
        if (asks)
        {
            await AskAccountAsync(account!, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<RateLimit> rows = [];
        Change((state, now) => rows = new LimitReport(state, userLimits, _clock.UtcNow, now).Rows(_queue.Waiting));
        return rows;
    }

    /// <summary>The headers of a call's reply are here.</summary>
    internal void Replied(Permit permit, ReplyHeaders headers, bool success, bool isStream) =>
        Change(
            (state, now) =>
            {
                new ReplyUpdate(state, headers, now).Take(state.Permit(permit.Id), permit.Model, success);

                // A failure first says whether those who wait for it are to go at all.
                state.Known |= success && (!isStream || state.AskedAt is not null);
            }
        );

    /// <summary>A call has ended here.</summary>
    internal void Return(Permit permit, TokensUsed? used, bool succeeded, CallEnd end) =>
        Change(
            (state, now) =>
            {
                if (state.Permit(permit.Id) is { } known)
                {
                    new PermitRelease(state, now).Take(known, used, succeeded, end);
                }
            }
        );

    /// <summary>Changes what is known; whoever waits is looked at anew.</summary>
    /// <param name="change">Changes the state and notes what it found, nothing else: see
    /// <see cref="ILimitStore.Update"/>.</param>
    /// <param name="failed">A call that failed just now; null when none did.</param>
    /// <param name="model">Its model.</param>
    internal void Change(Action<LimitState, TimeSpan> change, CBorgException? failed = null, string model = "")
    {
        List<QueuedCall>? late;
        lock (_gate)
        {
            late = Decide(change, failed, model, mayWait: true);
        }

        Conclude(late);
    }

    /// <summary>Looks who may go; a new call first joins the queue.</summary>
    private void Pass(QueuedCall? call = null)
    {
        List<QueuedCall>? late;
        lock (_gate)
        {
            if (call is not null)
            {
                _queue.Add(call);
                _snapshots.Watch(call.Model);
            }

            late = Decide(null, null, "", mayWait: false);
        }

        Conclude(late);
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<RateLimitLease> WaitAsync(QueuedCall call, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(() => Withdraw(call));
        Permit permit = await call.Permit.ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            // It was admitted at the last moment, and will not be sent.
            Change((state, _) => TakeBack(state, permit));
            cancellationToken.ThrowIfCancellationRequested();
        }

        RateLimitLease lease = new(this, permit);
        try
        {
            Report(call);
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private bool HasNews(QueuedCall call) =>
        call.ReportedReason.Length > 0 || (_store.Problem is not null && Volatile.Read(ref _isProblemReported) == 0);

    private void Report(QueuedCall call)
    {
        // That it waited comes before that it does not any more.
        call.TellNotice();
        if (_store.Problem is { } problem && Interlocked.Exchange(ref _isProblemReported, 1) == 0)
        {
            call.OnEvent?.Invoke(
                new CallEvent { Kind = CallEventKind.Detail, Message = $"Limits are not shared with other processes: {problem}" }
            );
        }

        if (call.ReportedReason.Length > 0)
        {
            call.OnEvent?.Invoke(new CallEvent { Kind = CallEventKind.Resumed, Message = "A permit is free" });
        }
    }

    /// <summary>A call gives up. Many do at once when a pipeline is stopped: one pass serves all of them.</summary>
    private void Withdraw(QueuedCall call)
    {
        if (call.TryCancel())
        {
            SchedulePass();
        }
    }

    private void SchedulePass()
    {
        if (Interlocked.Exchange(ref _isPassScheduled, 1) == 0)
        {
            _post(RunScheduledPass);
        }
    }

    private static void ToPool(Action work) => ThreadPool.QueueUserWorkItem(static state => ((Action)state!)(), work);

    private void RunScheduledPass()
    {
        Volatile.Write(ref _isPassScheduled, 0);
        Pass();
    }

    /// <returns>Calls whose permits have to be taken back: they gave up while they were admitted. Null when there are
    /// none.</returns>
    private List<QueuedCall>? Decide(Action<LimitState, TimeSpan>? change, CBorgException? failed, string model, bool mayWait)
    {
        List<QueuedCall>? late = null;
        StoreUpdate update;
        do
        {
            LimiterPlan plan = LimiterPlan.Empty;
            LimitSnapshots.Snapshot? snapshot = null;
            TimeSpan now = default;
            Action<LimitState, TimeSpan>? mine = change;
            update = _store.Update(
                state =>
                {
                    now = SinceEpoch(_clock);
                    state.Sweep(now);
                    mine?.Invoke(state, now);
                    plan = _queue.Decide(state, now, failed, model);
                    MarkAccountAsked(plan, state, now);
                    snapshot = _snapshots.Take(state);
                },
                mayWait
            );
            change = null;
            if (update == StoreUpdate.Leased)
            {
                now = SinceEpoch(_clock);
                _wakeUp.Set(now + s_leasePollInterval, now);
                return late;
            }

            _snapshots.Publish(snapshot!);
            late = Carry(plan, now, late);
        } while (update == StoreUpdate.RanOut);
        return late;
    }

    private void MarkAccountAsked(LimiterPlan plan, LimitState state, TimeSpan now)
    {
        if (plan.Delays.Count > 0 && plan.Delays[0].Call.Request.Account is not null && IsAccountStale(state, now))
        {
            plan.AsksAccount = true;
            state.AskedAt = now;
        }
    }

    private List<QueuedCall>? Carry(LimiterPlan plan, TimeSpan now, List<QueuedCall>? late)
    {
        foreach (LimiterPlan.Grant grant in plan.Grants)
        {
            if (!grant.Call.TryAdmit(grant.Permit))
            {
                (late ??= []).Add(grant.Call);
                grant.Call.LatePermit = grant.Permit;
            }
        }

        foreach (LimiterPlan.Refusal refusal in plan.Refusals)
        {
            refusal.Call.TryFail(refusal.Failure);
        }

        _queue.RemoveOver();
        _wakeUp.Set(plan.WakeUp, now);
        foreach (LimiterPlan.Delay delay in plan.Delays)
        {
            _notices.Add(delay, now);
        }

        if (plan.AsksAccount)
        {
            _ = AskAccountAsync(plan.Delays[0].Call.Request.Account!, CancellationToken.None);
        }

        return late;
    }

    /// <summary>What has to be done without the lock.</summary>
    private void Conclude(List<QueuedCall>? late)
    {
        if (late is not null)
        {
            Change((state, _) => late.ForEach(call => TakeBack(state, call.LatePermit!)));
        }

        if (_notices.Tell())
        {
            SchedulePass();
        }
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task AskAccountAsync(AccountLimitsClient account, CancellationToken cancellationToken)
    {
        // What it told is not known, which leaves the first reply to be waited for.
        if (await account.GetAsync(cancellationToken).ConfigureAwait(false) is { } limits)
        {
            Change((state, now) => new AccountUpdate(state, now).Take(limits));
        }
    }

    private static bool IsAccountStale(LimitState state, TimeSpan now) =>
        state.AskedAt is not { } asked || now - asked > s_accountAge || asked > now;

    private static void TakeBack(LimitState state, Permit permit)
    {
        foreach (Permit.WindowEntry entry in permit.Entries)
        {
            if (state.Scopes.TryGetValue(entry.Scope, out LimitScope? scope))
            {
                scope.Window.Uncount(entry, permit.Tokens);
            }
        }

        state.Permits.RemoveAll(other => other.Id == permit.Id);
    }
}
