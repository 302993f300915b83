using System;
using CBorg.Core.Limits;

namespace CBorg.Core.Http;

/// <summary>What a call asks for. The same for all its attempts: each builds its own HTTP message from it.</summary>
internal sealed class CallRequest
{
    public string Method { get; init; } = "GET";

    /// <summary>Route and query, relative to the base address.</summary>
    public string Path { get; init; } = "/";

    /// <summary>UTF-8 JSON. Null when the request has no body.</summary>
    public byte[]? Body { get; init; }

    /// <summary>
    /// The model it is for; decides which scopes of the rate limiter count it. Null for routes that count against no limit.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>What it will take of the tokens a minute.</summary>
    public TokenEstimate Estimate { get; init; }

    /// <summary>Whether an event stream is asked for.</summary>
    public bool IsStream { get; init; }

    /// <summary>The longest the call may take. Null takes the connection's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the wait for a first permit counts in <see cref="Timeout"/>.</summary>
    public bool QueueTimeCounts { get; init; } = true;

    /// <summary>False for requests without a key (health).</summary>
    public bool Authorize { get; init; } = true;

    /// <summary>How often it may be sent again. Null takes the connection's.</summary>
    public int? MaximumRetryCount { get; init; }

    /// <summary>Whether the answer costs money or quota, so that a limit on calls applies to it.</summary>
    public bool IsLimited => Model is not null;

    /// <summary>The path without its query.</summary>
    public string Route => Path.IndexOf('?') is >= 0 and var query ? Path.Substring(0, query) : Path;
}
