namespace CBorg.Emulator.Limits;

/// <summary>Whether a call has room in all of its scopes; the first limit that has none is named.</summary>
internal sealed class LimitChecks(LimitRequest request, IReadOnlyList<ScopeBook> books, int tokens, DateTimeOffset now)
{
    /// <summary>
    /// The earlier generations: a counter above its limit stops the call before anything is counted; else all is counted
    /// together and
    /// then looked at, scope by scope. What was counted for a call that finds no slot stays counted.
    /// </summary>
    public LimitRejection? Together()
    {
        var checks = All();
        if (checks.FirstOrDefault(check => check.Stands) is { } standing)
        {
            return Rejection(standing);
        }

        var failing = checks.FirstOrDefault(check => check.Fails);
        if (failing?.Type == LimitCheck.Requests)
        {
            books[failing.Scope].Window.Reject();
        }
        else
        {
            CountRequest();
        }

        return failing is null ? null : Rejection(failing);
    }

    /// <summary>The newest generation: requests of all scopes, then calls in flight, then tokens; who fails later has been
    /// counted before.</summary>
    public LimitRejection? InTurn()
    {
        var checks = All();
        if (checks.FirstOrDefault(check => check is { Type: LimitCheck.Requests, Fails: true }) is { } requests)
        {
            books[requests.Scope].Window.Reject();
            return Rejection(requests);
        }

        CountRequest();
        var failing =
            checks.FirstOrDefault(check => check is { Type: LimitCheck.Slots, Fails: true })
            ?? checks.FirstOrDefault(check => check is { Type: LimitCheck.Tokens, Fails: true });
        return failing is null ? null : Rejection(failing);
    }

    private List<LimitCheck> All()
    {
        var checks = new List<LimitCheck>();
        void Add(int scope, string type, int? limit, int used, int cost, bool stands)
        {
            if (limit is { } most)
            {
                checks.Add(new LimitCheck(scope, checks.Count, type, most, used, cost, stands));
            }
        }

        for (var i = 0; i < books.Count; i++)
        {
            var (scope, book) = (request.Scopes[i], books[i]);
            Add(i, LimitCheck.Requests, scope.Requests, book.Window.Requests, scope.Weight, book.Window.HasRejected);
            Add(
                i,
                LimitCheck.Tokens,
                scope.Tokens,
                book.Window.Tokens,
                tokens * scope.Weight,
                tokens > 0 && book.Window.Tokens > scope.Tokens
            );
            Add(i, LimitCheck.Slots, scope.Parallel, book.Slots.TakenAt(now), 1, stands: false);
        }

        return checks;
    }

    private void CountRequest()
    {
        for (var i = 0; i < books.Count; i++)
        {
            books[i].Window.Requests += request.Scopes[i].Weight;
            if (books[i].Window.Requests > request.Scopes[i].Requests)
            {
                books[i].Window.Reject();
            }
        }
    }

    private LimitRejection Rejection(LimitCheck check) =>
        new(
            request.Scopes[check.Scope],
            check.Type,
            check.Limit,
            check.Type == LimitCheck.Tokens ? Math.Max(0, check.Limit - check.Used) : 0,
            check.Index
        );
}

/// <summary>One limit that a call has to pass: how much of it is used, and how much the call would add.</summary>
/// <param name="Scope">The place of the scope among those of the call.</param>
/// <param name="Index">The place of the limit among all limits of the call: requests, tokens, calls in flight of each
/// scope.</param>
/// <param name="Stands">The counter is above its limit already, which is seen before anything is counted.</param>
internal sealed record LimitCheck(int Scope, int Index, string Type, int Limit, int Used, int Cost, bool Stands)
{
    public const string Requests = "requests";
    public const string Tokens = "tokens";
    public const string Slots = "max_parallel_requests";

    public bool Fails => Used + Cost > Limit;
}
