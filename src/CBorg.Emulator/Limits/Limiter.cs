namespace CBorg.Emulator.Limits;

/// <summary>LiteLLM's limiter of one process: windows, slots and tokens per scope.</summary>
internal sealed class Limiter(TimeProvider clock, LimitTraits traits)
{
    private readonly object _lock = new();
    private readonly Dictionary<string, ScopeBook> _books = [];
    private readonly HashSet<ITimer> _lagging = [];

    private bool Reserves => traits.Tokens == TokenCounting.ReservedBefore;

    /// <summary>Lets a call in, or says which limit it met.</summary>
    public (LimitLease? Lease, LimitRejection? Rejection) Enter(LimitRequest request)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var books = request.Scopes.Select(scope => BookOf(scope, now)).ToList();
            var tokens =
                !request.CountsTokens ? 0
                : Reserves ? TokenEstimate.Of(request)
                : 1;
            var checks = new LimitChecks(request, books, tokens, now);
            var rejection = traits.ChecksInTurn ? checks.InTurn() : checks.Together();
            return rejection is null ? (Admit(request, books, tokens, now), null) : (null, rejection);
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _books.Clear();
        }
    }

    /// <summary>Replaces what was booked for a call by what it used, and gives its slots back; null when it failed.</summary>
    public void Settle(LimitLease lease, LimitUsage? usage)
    {
        lock (_lock)
        {
            foreach (var entry in lease.Entries)
            {
                GiveBack(lease, entry.Scope, entry.Book.Slots, endedWell: usage is not null);
                if (lease.CountsTokens && entry.Window == entry.Book.Window.Number)
                {
                    entry.Book.Window.Tokens += (Counted(usage) * entry.Scope.Weight) - entry.Reserved;
                }
            }
        }
    }

    private void GiveBack(LimitLease lease, LimitScope scope, Slots slots, bool endedWell)
    {
        if (scope.Parallel is null || !endedWell || slots.HasBeenUsed || traits.FirstSlotLag == TimeSpan.Zero)
        {
            slots.Give(lease);
            return;
        }

        slots.HasBeenUsed = true;
        ITimer? timer = null;
        timer = clock.CreateTimer(
            _ =>
            {
                lock (_lock)
                {
                    slots.Give(lease);
                    _lagging.Remove(timer!);
                }
            },
            null,
            traits.FirstSlotLag,
            Timeout.InfiniteTimeSpan
        );
        _lagging.Add(timer);
    }

    private int Counted(LimitUsage? usage) =>
        usage is null ? 0
        : traits.Tokens == TokenCounting.CompletionAfter ? usage.Completion
        : usage.Total - usage.Cached;

    private ScopeBook BookOf(LimitScope scope, DateTimeOffset now)
    {
        if (!_books.TryGetValue(scope.Id, out var book))
        {
            _books[scope.Id] = book = new ScopeBook(traits.SlotsLiveInWindow);
        }

        // The counter of tokens stands above its limit like that of requests, except where tokens are asked for apart.
        var stands = book.Window.HasRejected || (!traits.ChecksInTurn && book.Window.Tokens > scope.Tokens);
        if (book.Window.Turn(now, stands))
        {
            book.Slots.Turn();
        }

        return book;
    }

    private LimitLease Admit(LimitRequest request, List<ScopeBook> books, int tokens, DateTimeOffset now)
    {
        var entries = new List<LimitEntry>();
        var lease = new LimitLease(this, entries, request.CountsTokens);
        for (var i = 0; i < books.Count; i++)
        {
            var (scope, book) = (request.Scopes[i], books[i]);
            var booked = tokens * scope.Weight;
            book.Slots.Take(lease, now);
            book.Window.Tokens += booked;
            entries.Add(new LimitEntry(scope, book, book.Window.Number, Reserves ? booked : 0, Remaining(scope, book, now)));
        }

        return lease;
    }

    private static LimitRemaining Remaining(LimitScope scope, ScopeBook book, DateTimeOffset now) =>
        new(
            Left(scope.Requests, book.Window.Requests),
            Left(scope.Tokens, book.Window.Tokens),
            Left(scope.Parallel, book.Slots.TakenAt(now))
        );

    private static int? Left(int? limit, int used) => limit is null ? null : Math.Max(0, limit.Value - used);
}
