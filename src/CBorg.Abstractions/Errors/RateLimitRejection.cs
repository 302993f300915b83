namespace CBorg;

/// <summary>
/// What the proxy's own rate limiter says when it rejects a request (LiteLLM's <c>parallel_request_limiter_v3</c>). Null
/// members were not told: 1.77 names neither limit nor remainder.
/// </summary>
public sealed record RateLimitRejection
{
    /// <summary>
    /// Whose limit: <c>api_key</c>, <c>user</c>, <c>team</c>, <c>model_per_key</c> ... LiteLLM 1.77 names a wrong one.
    /// </summary>
    public string? Scope { get; init; }

    /// <summary>How high the limit is.</summary>
    public long? Limit { get; init; }

    /// <summary>What is left of it; below 0 where LiteLLM says so.</summary>
    public long? Remaining { get; init; }

    /// <summary>
    /// A rejection although nothing is used: the request alone is larger than the whole limit, and will never pass.
    /// </summary>
    public bool NeverFits => Limit is not null && Limit == Remaining;
}
