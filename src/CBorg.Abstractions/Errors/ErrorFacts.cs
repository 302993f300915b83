using System;

namespace CBorg;

/// <summary>The facts of a failure. Null means the server did not say. Secrets are taken out of all of it.</summary>
public sealed record ErrorFacts
{
    /// <summary>The HTTP status; null when there was no reply.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The server's <c>error.type</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The server's <c>error.code</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The server's <c>error.param</c>.</summary>
    public string? Param { get; init; }

    /// <summary>The server's own words.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>The body, cut to 4 KB.</summary>
    public string? Body { get; init; }

    /// <summary><c>x-litellm-call-id</c>.</summary>
    public string? CallId { get; init; }

    /// <summary>Cloudflare's id of the request.</summary>
    public string? CfRay { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// When it makes sense to come back, in local time: now and <see cref="RetryAfter"/>, or when the limiter knows of a free
    /// permit. Null when nobody knows.
    /// </summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>
    /// The proxy's <c>rate_limit_type</c>: <c>requests</c>, <c>tokens</c> or <c>max_parallel_requests</c>. Null when the
    /// proxy's own limiter was not the cause, or did not say.
    /// </summary>
    public string? LimitType { get; init; }

    /// <summary>What the proxy's own rate limiter says. Null when it was not the cause.</summary>
    public RateLimitRejection? RateLimit { get; init; }

    /// <summary>
    /// What the failure stops, where the reply says more than its kind: a budget of one model stops that model. Null: what its
    /// kind stops.
    /// </summary>
    public FailureScope? Stops { get; init; }

    /// <summary>
    /// Since when the service has been down, in local time, as far as this process knows. Only where a call waited for it (<see
    /// cref="ConnectionOptions.WaitForService"/>).
    /// </summary>
    public DateTimeOffset? DownSince { get; init; }

    /// <summary>
    /// Whether trying again can help, where the reply says so: <c>x-should-retry</c>, Cloudflare's <c>retryable</c>, or words
    /// of a fault that lasts.
    /// </summary>
    public bool? Retryable { get; init; }

    /// <summary>The host that was asked.</summary>
    public string? Host { get; init; }

    /// <summary>How many requests were sent.</summary>
    public int Attempts { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Host} {(StatusCode is { } status ? $"status {status}" : "no reply")} {Type} {ServerMessage}".TrimEnd();
}
