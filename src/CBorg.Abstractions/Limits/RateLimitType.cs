namespace CBorg;

/// <summary>What a limit counts, in LiteLLM's words.</summary>
public enum RateLimitType
{
    /// <summary>Requests a minute.</summary>
    Requests,

    /// <summary>Tokens a minute.</summary>
    Tokens,

    /// <summary>Calls in flight: <c>max_parallel_requests</c>.</summary>
    Parallel,
}
