using System;
using System.Collections.Generic;
using CBorg.Core.Resilience;
using CBorg.Core.Store;

namespace CBorg.Core.Limits;

/// <summary>
/// The limits' state in memory beside the one in the store that all processes share: changes it there in transactions, and
/// takes and gives back the lease under which it may be changed in memory alone.
/// What is in memory stays as it was when the store could not keep a change. Not thread-safe: <see cref="SharedStore"/>
/// guards it.
/// </summary>
internal sealed class LeasedState(ISharedCell cell, IClock clock, Guid owner)
{
    // A process that was killed keeps the others waiting no longer than this.
    private static readonly TimeSpan s_leaseLength = TimeSpan.FromSeconds(2);

    // A process that was at the state so short a time ago is there still, and a lease would only have to be given back.
    private static readonly TimeSpan s_othersAreNear = TimeSpan.FromSeconds(3);

    // Often enough for that, and seldom enough that a look at the state need not write.
    private static readonly TimeSpan s_seenEvery = TimeSpan.FromSeconds(1);

    private readonly LeaseBatch _batch = new();
    private byte[]? _written;
    private bool _isAhead;
    private TimeSpan _noLeaseBefore;

    /// <summary>How long a process that does not give the state back can make others wait, by the real clock.</summary>
    public static TimeSpan LongestForeignLease { get; } = s_leaseLength + TimeSpan.FromSeconds(1);

    public LimitState Memory { get; private set; } = new();

    /// <summary>When the lease was taken or renewed, by the clock's monotonic time.</summary>
    public TimeSpan LeasedAt { get; private set; }

    /// <summary>When it runs out; null when there is none.</summary>
    public TimeSpan? LeasedUntil { get; private set; }

    /// <summary>Whether so much of what was taken ahead is used up that more is needed soon.</summary>
    public bool IsHalfUsed =>
        Memory.Granted.Requests > Memory.MostGrants.Requests / 2 || Memory.Granted.Tokens > Memory.MostGrants.Tokens / 2;

    /// <summary>The store fails: what is granted from now on is written when it works again.</summary>
    public void GoAlone()
    {
        LeasedUntil = null;
        _isAhead = true;
        Memory.MostGrants.Set(long.MaxValue, long.MaxValue);
        Memory.RanOut = false;
    }

    /// <param name="change">The change; see <see cref="ILimitStore.Update"/>.</param>
    /// <param name="takesLease">Whether this process may have the state for itself afterwards.</param>
    /// <returns>False when another process has the state for itself; it has been asked to give it back.</returns>
    /// <exception cref="StoreUnavailable">The store failed.</exception>
    public bool TryChange(Action<LimitState> change, bool takesLease)
    {
        bool isMine = LeasedUntil is not null;
        long granted = Memory.Granted.Requests;
        byte[]? before = isMine || _isAhead ? LimitCodec.Write(Memory) : _written;
        LimitState? changed = null;
        byte[]? bytes = null;
        bool isTouched = false;
        try
        {
            cell.Update(stored =>
            {
                // Run again, it begins where the first run did.
                Memory = isTouched ? LimitCodec.Read(before) : Memory;
                isTouched = true;
                TimeSpan now = RateLimiter.SinceEpoch(clock);
                if (LimitCodec.LeaseOf(stored) is { } lease && lease.Owner != owner && now < lease.Until)
                {
                    changed = null;
                    return LimitCodec.IsRequested(stored) ? null : LimitCodec.Requested(stored!);
                }

                changed = StateOf(stored, now);
                change(changed);
                if (isMine && LimitCodec.IsRequested(stored))
                {
                    _noLeaseBefore = clock.Elapsed + s_othersAreNear;
                }

                changed.Lease = takesLease ? NextLease(changed, now) : null;
                Seen(changed, now);
                bytes = LimitCodec.Write(changed);
                return stored is not null && bytes.AsSpan().SequenceEqual(stored) ? null : bytes;
            });
        }
        catch
        {
            // Under the lease more was done in memory than the store knows.
            Memory = isTouched ? LimitCodec.Read(before) : Memory;
            (_isAhead, LeasedUntil) = (_isAhead || isMine, null);
            throw;
        }

        Adopt(changed, bytes, isMine ? granted : null);
        return changed is not null;
    }

    /// <summary>The state to change: what is in memory unless another process has changed what is in the store
    /// meanwhile.</summary>
    private LimitState StateOf(byte[]? stored, TimeSpan now)
    {
        StateLease? lease = LimitCodec.LeaseOf(stored);
        bool isOurs =
            stored is null || lease?.Owner == owner || (_written is not null && _written.AsSpan().SequenceEqual(stored));
        LimitState state = isOurs ? Memory : LimitCodec.Read(stored);
        if (!isOurs && lease is not null)
        {
            // Whoever had it has been killed, or was paused for too long: it may have used all that it had taken ahead.
            CountOthers(state, lease.Requests, lease.Tokens == long.MaxValue ? 0 : lease.Tokens, lease.From, now);
        }

        if (!isOurs && _isAhead)
        {
            CountOthers(state, Memory.Granted.Requests, Memory.Granted.Tokens, now, now);
        }

        state.MostGrants.Set(long.MaxValue, long.MaxValue);
        state.RanOut = false;
        return state;
    }

    private static void CountOthers(LimitState state, long requests, long tokens, TimeSpan from, TimeSpan by)
    {
        foreach (LimitScope scope in state.Scopes.Values)
        {
            scope.Window.Advance(by);
            scope.Window.CountOthers(requests, tokens, from, by);
        }
    }

    /// <summary>A process that is alone takes the state, or keeps it; null when it may not.</summary>
    private StateLease? NextLease(LimitState state, TimeSpan now)
    {
        bool isAlone = !state.Permits.Exists(permit => permit.Owner != owner && !permit.IsAbandoned);
        foreach (KeyValuePair<Guid, TimeSpan> process in state.LastSeen)
        {
            isAlone &= process.Key == owner || now - process.Value > s_othersAreNear;
        }

        return isAlone && clock.Elapsed >= _noLeaseBefore ? _batch.Take(state, owner, now, s_leaseLength) : null;
    }

    private void Seen(LimitState state, TimeSpan now)
    {
        foreach (Guid process in new List<Guid>(state.LastSeen.Keys))
        {
            if (now - state.LastSeen[process] > s_othersAreNear)
            {
                state.LastSeen.Remove(process);
            }
        }

        if (!state.LastSeen.TryGetValue(owner, out TimeSpan last) || now - last > s_seenEvery)
        {
            state.LastSeen[owner] = now;
        }
    }

    private void Adopt(LimitState? changed, byte[]? bytes, long? granted)
    {
        if (changed is null)
        {
            LeasedUntil = null;
            return;
        }

        _batch.Used(granted, clock.Elapsed - LeasedAt);
        Memory = changed;
        (_written, _isAhead) = (bytes, false);
        LeasedAt = clock.Elapsed;
        LeasedUntil = changed.Lease is null ? null : LeasedAt + s_leaseLength;
        Memory.Granted.Set(0, 0);
        Memory.MostGrants.Set(changed.Lease?.Requests ?? long.MaxValue, changed.Lease?.Tokens ?? long.MaxValue);
    }
}
