using System;

namespace CBorg;

/// <summary>The facts of a failure. Null means the server did not say. Secrets are taken out of all of it.</summary>
public sealed class ErrorFacts
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

    /// <summary>The server's own word on whether trying again can help (<c>x-should-retry</c>, Cloudflare's <c>retryable</c>).</summary>
    public bool? Retryable { get; init; }

    /// <summary>The host that was asked.</summary>
    public string? Host { get; init; }

    /// <summary>How many requests were sent.</summary>
    public int Attempts { get; init; } = 1;
}
