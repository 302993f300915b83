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
    private readonly LinkedList<Waiter> _waiters = new();
    private readonly LimitBooks _books = new(OnPremParallel);

    public async Task<CallLease> AcquireAsync(Outgoing outgoing, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        if (!outgoing.Limited)
        {
            return CallLease.Free;
        }

        Waiter waiter;
        lock (_gate)
        {
            waiter = new Waiter(_books.For(outgoing.Model!), outgoing.EstimatedTokens);
            _waiters.AddLast(waiter);
            Admit();
        }

        if (waiter.Admitted.Task.IsCompleted)
        {
            return await waiter.Admitted.Task.ConfigureAwait(false);
        }

        onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Waiting, Message = $"Waiting for a free place: {waiter.Reason}", Delay = waiter.Until - clock.Elapsed });
        CallLease lease = await WaitAsync(waiter, cancellationToken).ConfigureAwait(false);
        onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Resumed, Message = "A place is free" });
        return lease;
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
    public void Learn(string? model, CBorgException failure)
    {
        if (model is not null && Limits.Current(failure.Facts.ServerMessage) is { } limit)
        {
            lock (_gate)
            {
                _books.Learn(model, Limits.Scope(failure.Facts.ServerMessage) ?? "api_key", failure.Kind, limit);
            }
        }
    }

    internal void Settle(CallLease lease, long tokens)
    {
        lock (_gate)
        {
            foreach ((LimitBook book, LimitBook.Entry entry) in lease.Entries)
            {
                book.Settle(entry, tokens);
            }

            Admit();
        }
    }

    internal void Return(CallLease lease)
    {
        lock (_gate)
        {
            foreach ((LimitBook book, _) in lease.Entries)
            {
                book.Leave();
            }

            Admit();
        }
    }

    private async Task<CallLease> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(() => Withdraw(waiter));
        while (!waiter.Admitted.Task.IsCompleted)
        {
            TimeSpan? until;
            lock (_gate)
            {
                until = waiter.Until;
            }

            using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task look = until is { } time
                ? clock.Delay(time > clock.Elapsed ? time - clock.Elapsed : TimeSpan.Zero, enough.Token)
                : Task.Delay(Timeout.Infinite, enough.Token);
            await Task.WhenAny(waiter.Admitted.Task, look, waiter.Changed).ConfigureAwait(false);
            enough.Cancel();
            lock (_gate)
            {
                waiter.ResetChanged();
                Admit();
            }
        }

        return await waiter.Admitted.Task.ConfigureAwait(false);
    }

    private void Withdraw(Waiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Admitted.TrySetCanceled())
            {
                _waiters.Remove(waiter);
                Admit();
            }
        }
    }

    /// <summary>Lets in all that fit, in order; who waits for a book holds back those behind who need the same one.</summary>
    private void Admit()
    {
        HashSet<LimitBook> full = [];
        TimeSpan now = clock.Elapsed;
        for (LinkedListNode<Waiter>? node = _waiters.First; node is not null;)
        {
            LinkedListNode<Waiter>? next = node.Next;
            if (!Hold(node.Value, full, now))
            {
                _waiters.Remove(node);
                node.Value.Admit(this, now);
            }

            node = next;
        }
    }

    private static bool Hold(Waiter waiter, HashSet<LimitBook> full, TimeSpan now)
    {
        bool held = false;
        foreach (LimitBook book in waiter.Books)
        {
            (string Reason, TimeSpan? Until)? block = book.Blocks(waiter.Tokens, now);
            if (block is null && !full.Contains(book))
            {
                continue;
            }

            held = true;
            full.Add(book);
            waiter.Blocked(block?.Reason ?? $"others wait for {book.Name}", block?.Until);
        }

        return held;
    }

    private sealed class Waiter(IReadOnlyList<LimitBook> books, long tokens)
    {
        private TaskCompletionSource<bool> _changed = NewSource();

        public IReadOnlyList<LimitBook> Books => books;

        public long Tokens => tokens;

        public TaskCompletionSource<CallLease> Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Reason { get; private set; } = "";

        public TimeSpan? Until { get; private set; }

        public Task Changed => _changed.Task;

        public void Blocked(string reason, TimeSpan? until)
        {
            if (until != Until)
            {
                _changed.TrySetResult(true);
            }

            (Reason, Until) = (reason, until);
        }

        public void ResetChanged() => _changed = NewSource();

        public void Admit(CallLimiter limiter, TimeSpan now)
        {
            List<(LimitBook, LimitBook.Entry)> entries = new(books.Count);
            foreach (LimitBook book in books)
            {
                entries.Add((book, book.Enter(tokens, now)));
            }

            CallLease lease = new(limiter, entries);
            if (!Admitted.TrySetResult(lease))
            {
                throw new InvalidOperationException("A call that had given up was let in.");
            }
        }

        private static TaskCompletionSource<bool> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
