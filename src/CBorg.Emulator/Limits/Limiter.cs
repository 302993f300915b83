using System;
using System.Collections.Generic;
using System.Linq;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Limits;

/// <summary>LiteLLM's limiter of one process: windows, slots and tokens per scope.</summary>
internal sealed class Limiter(TimeProvider clock, LimitTraits traits)
{
    private readonly object _lock = new();
    private readonly Dictionary<string, ScopeBook> _books = [];

    /// <summary>Lets a call in, or says which limit it met.</summary>
    public (LimitLease? Lease, LimitRejection? Rejection) Enter(LimitRequest request)
    {
        lock (_lock)
        {
            var books = request.Scopes.Select(BookOf).ToList();
            var estimate = traits.Tokens == TokenCounting.ReservedBefore && request.CountsTokens ? Estimate(request) : 0;
            var rejection = LimitChecks.Requests(request, books) ?? LimitChecks.Slots(request, books) ?? LimitChecks.Tokens(request, books, estimate);
            return rejection is null ? (Admit(request, books, estimate), null) : (null, rejection);
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _books.Clear();
        }
    }

    /// <summary>Replaces what was booked for a call by what it used; null when it failed.</summary>
    public void Settle(LimitLease lease, LimitUsage? usage)
    {
        lock (_lock)
        {
            foreach (var entry in lease.Entries)
            {
                if (entry.Scope.Parallel is not null && (!traits.SlotsLiveInWindow || entry.Window == entry.Book.Window.Number))
                {
                    entry.Book.InFlight--;
                }

                if (entry.Scope.Tokens is not null && lease.CountsTokens && entry.Window == entry.Book.Window.Number)
                {
                    entry.Book.Window.Tokens += Counted(usage) * entry.Scope.Weight - entry.Reserved;
                }
            }
        }
    }

    private int Counted(LimitUsage? usage) => usage is null
        ? 0
        : traits.Tokens == TokenCounting.CompletionAfter ? usage.Completion : usage.Total - usage.Cached;

    private ScopeBook BookOf(LimitScope scope)
    {
        if (!_books.TryGetValue(scope.Id, out var book))
        {
            _books[scope.Id] = book = new ScopeBook();
        }

        if (book.Window.Turn(clock.GetUtcNow()) && traits.SlotsLiveInWindow)
        {
            book.InFlight = 0;
        }

        return book;
    }

    private static int Estimate(LimitRequest request)
    {
        var prompt = request.Characters / 4;
        var smallest = request.Scopes.Min(s => s.Tokens) ?? 0;
        return prompt + (request.MaxTokens * request.Choices ?? Math.Max(prompt, Math.Min(1024, smallest / 4)));
    }

    private LimitLease Admit(LimitRequest request, List<ScopeBook> books, int estimate)
    {
        var booked = traits.Tokens == TokenCounting.ReservedBefore ? estimate : 1;
        var entries = new List<LimitEntry>();
        for (var i = 0; i < books.Count; i++)
        {
            var (scope, book) = (request.Scopes[i], books[i]);
            book.InFlight += scope.Parallel is null ? 0 : 1;
            book.Window.Tokens += scope.Tokens is null || !request.CountsTokens ? 0 : booked;
            var reserved = traits.Tokens == TokenCounting.ReservedBefore ? estimate : 0;
            entries.Add(new LimitEntry(scope, book, book.Window.Number, reserved, Remaining(scope, book)));
        }

        return new LimitLease(this, entries, request.CountsTokens);
    }

    private static LimitRemaining Remaining(LimitScope scope, ScopeBook book) => new(
        Left(scope.Requests, book.Window.Requests),
        Left(scope.Tokens, book.Window.Tokens),
        Left(scope.Parallel, book.InFlight));

    private static int? Left(int? limit, int used) => limit is null ? null : Math.Max(0, limit.Value - used);
}
