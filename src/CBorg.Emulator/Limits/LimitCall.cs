namespace CBorg.Emulator.Limits;

/// <summary>Whose limits apply to a call: api_key, user, team, model_per_key ... and which.</summary>
internal sealed record LimitScope(string Name, string Value, int? Requests, int? Tokens, int? Parallel)
{
    /// <summary>How often one call counts.</summary>
    public int Weight { get; init; } = 1;

    public string Id => $"{Name}:{Value}";
}

/// <summary>What a call asks of the limiter; the size in characters and the tokens it may answer with.</summary>
/// <param name="CountsTokens">Its tokens count against limits of tokens.</param>
/// <param name="Answers">It is answered with tokens, as embeddings are not.</param>
internal sealed record LimitRequest(
    IReadOnlyList<LimitScope> Scopes,
    int Characters,
    int? MaxTokens,
    int Choices,
    bool CountsTokens,
    bool Answers
);

/// <summary>A call that was let in: holds slots and tokens until it is settled.</summary>
internal sealed class LimitLease(Limiter limiter, IReadOnlyList<LimitEntry> entries, bool countsTokens)
{
    private int _settled;

    public IReadOnlyList<LimitEntry> Entries { get; } = entries;

    public bool CountsTokens { get; } = countsTokens;

    public void Settle(LimitUsage? usage)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            limiter.Settle(this, usage);
        }
    }
}

/// <summary>What a call holds of one scope.</summary>
internal sealed record LimitEntry(LimitScope Scope, ScopeBook Book, int Window, int Reserved, LimitRemaining Remaining);

internal sealed record LimitRemaining(int? Requests, int? Tokens, int? Parallel);

internal sealed record LimitUsage(int Completion, int Total, int Cached);

/// <summary>Which limit a call met; Index is its place among all that were asked.</summary>
internal sealed record LimitRejection(LimitScope Scope, string Type, int Limit, int Remaining, int Index);
