using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>
/// Keeps the calls of one endpoint and key within the server's limits, for all cmdlets and runspaces of the process: first come, first served, per scope. Limits are known from the server's
/// own headers and texts; on-premises models allow five calls at a time from the start (CBorg's published rule).
/// </summary>
internal sealed class CallLimiter(IClock clock)
{
    private const int OnPremParallel = 5;

    private readonly object _gate = new();
    private readonly LinkedList<CallWaiter> _waiters = new();
    private readonly LimitBooks _books = new(OnPremParallel);

    public async Task<CallLease> AcquireAsync(Outgoing outgoing, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        if (!outgoing.Limited)
        {
            return CallLease.Free;
        }

        cancellationToken.ThrowIfCancellationRequested();
        CallWaiter waiter = new(outgoing.Model!, outgoing.EstimatedTokens);
        lock (_gate)
        {
            _waiters.AddLast(waiter);
            Admit();
        }

        if (waiter.Admitted.Task.IsCompleted)
        {
            return await waiter.Admitted.Task.ConfigureAwait(false);
        }

        try
        {
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Waiting, Message = $"Waiting for a free place: {waiter.Reason}", Delay = waiter.Until - clock.Elapsed });
            CallLease lease = await WaitAsync(waiter, cancellationToken).ConfigureAwait(false);
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Resumed, Message = "A place is free" });
            return lease;
        }
        catch when (!Withdraw(waiter))
        {
            // It was let in meanwhile; the place goes to the next.
            waiter.Admitted.Task.Result.Dispose();
            throw;
        }
    }

    /// <summary>Takes what the headers of a reply tell about limits.</summary>
    public void Learn(string? model, ReplyHeaders headers)
    {
        if (model is not null)
        {
            lock (_gate)
            {
                _books.Learn(model, headers);
                Admit();
            }
        }
    }

    /// <summary>Takes what the text of a rejection tells.</summary>
    /// <returns>How long to wait before the call asks for a place again: zero when the queue itself holds it as long as needed; null when nothing could be learnt.</returns>
    public TimeSpan? Learn(string? model, CBorgException failure)
    {
        if (model is not null && Limits.Current(failure.Facts.ServerMessage) is { } limit)
        {
            lock (_gate)
            {
                _books.Learn(model, Limits.Scope(failure.Facts.ServerMessage) ?? "api_key", failure.Kind, limit);
                Admit();
            }
        }

        return null;
    }

    internal void Settle(Booking booking, long tokens)
    {
        lock (_gate)
        {
            booking.Settle(tokens);
            Admit();
        }
    }

    internal void Return(Booking booking)
    {
        lock (_gate)
        {
            booking.End();
            Admit();
        }
    }

    private async Task<CallLease> WaitAsync(CallWaiter waiter, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(() => Withdraw(waiter));
        while (!waiter.Admitted.Task.IsCompleted)
        {
            (TimeSpan? Until, Task Changed) look;
            lock (_gate)
            {
                look = waiter.Look();
                Admit();
            }

            using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task time = look.Until is { } until
                ? clock.Delay(until > clock.Elapsed ? until - clock.Elapsed : TimeSpan.Zero, enough.Token)
                : Task.Delay(Timeout.Infinite, enough.Token);
            await Task.WhenAny(waiter.Admitted.Task, time, look.Changed).ConfigureAwait(false);
            enough.Cancel();
        }

        return await waiter.Admitted.Task.ConfigureAwait(false);
    }

    /// <summary>A call that no longer wants its place leaves the queue.</summary>
    /// <returns>False when it has been let in already.</returns>
    private bool Withdraw(CallWaiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Admitted.TrySetCanceled())
            {
                _waiters.Remove(waiter);
                Admit();
            }

            return waiter.Admitted.Task.IsCanceled;
        }
    }

    /// <summary>Lets in all that fit, in order; who waits for a book holds back those behind who need the same one.</summary>
    private void Admit()
    {
        HashSet<LimitBook> full = [];
        TimeSpan now = clock.Elapsed;
        for (LinkedListNode<CallWaiter>? node = _waiters.First; node is not null;)
        {
            LinkedListNode<CallWaiter>? next = node.Next;
            IReadOnlyList<LimitBook> books = _books.For(node.Value.Model);
            if (!Hold(node.Value, books, full, now))
            {
                _waiters.Remove(node);
                LetIn(node.Value, books, now);
            }

            node = next;
        }
    }

    private static bool Hold(CallWaiter waiter, IReadOnlyList<LimitBook> books, HashSet<LimitBook> full, TimeSpan now)
    {
        string? reason = null;
        TimeSpan? until = null;
        foreach (LimitBook book in books)
        {
            (string Reason, TimeSpan? Until)? block = book.Blocks(waiter.Tokens, now);
            if (block is not null || full.Contains(book))
            {
                full.Add(book);
                reason ??= block?.Reason ?? $"others wait for {book.Name}";
                until = block?.Until > (until ?? TimeSpan.MinValue) ? block?.Until : until;
            }
        }

        if (reason is not null)
        {
            waiter.Blocked(reason, until);
        }

        return reason is not null;
    }

    private void LetIn(CallWaiter waiter, IReadOnlyList<LimitBook> books, TimeSpan now)
    {
        Booking booking = new(waiter.Model, waiter.Tokens, now);
        foreach (LimitBook book in books)
        {
            book.Enter(booking);
        }

        if (!waiter.Admitted.TrySetResult(new CallLease(this, booking)))
        {
            throw new InvalidOperationException("A call that had given up was let in.");
        }
    }
}
