namespace CBorg.Core.Tests.Limits.Simulation;

/// <summary>What the proxy says to a request.</summary>
/// <param name="Window">The window that it counts in.</param>
/// <param name="Left">Requests left, for the header.</param>
/// <param name="Limit">The type of the limit that it met; null when it passed.</param>
/// <param name="Message">LiteLLM's words.</param>
internal readonly record struct Verdict(int Window, long? Left, string? Limit, string Message)
{
    public static Verdict Accepted(int window, long? left) => new(window, left, null, "");

    public static Verdict Rejected(string type, long limit, long left) =>
        new(
            0,
            null,
            type,
            $"Rate limit exceeded for api_key: 0a1b. Limit type: {type}. Current limit: {limit}, Remaining: {left}. Limit resets at: 2026-11-22 12:00:00 UTC"
        );

    /// <summary>LiteLLM 1.77 names no limit.</summary>
    public static Verdict Unnamed(string type) => new(0, null, type, "Rate limit exceeded for api_key: 0a1b. Remaining: -1");
}
