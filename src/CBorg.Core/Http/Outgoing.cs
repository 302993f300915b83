using System;
using CBorg.Core.Limits;

namespace CBorg.Core.Http;

/// <summary>A request to be sent, as often as needed: each attempt builds its own HTTP message from it.</summary>
internal sealed class Outgoing
{
    public string Method { get; init; } = "GET";

    /// <summary>Route and query, relative to the base address.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The address that this call began with, and stays with. Null before it began, and after that address could not even be connected to. Set by the transport.</summary>
    public Uri? Address { get; set; }

    /// <summary>UTF-8 JSON. Null when the request has no body.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The model it is for; decides the limiter's book. Null for routes that count against no limit.</summary>
    public string? Model { get; init; }

    /// <summary>What it will take of the tokens a minute.</summary>
    public TokenEstimate Estimate { get; init; }

    /// <summary>Whether an event stream is asked for.</summary>
    public bool Stream { get; init; }

    /// <summary>The longest the call may take. Null takes the connection's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the wait for a first free place counts in <see cref="Timeout"/>.</summary>
    public bool QueueTimeCounts { get; init; } = true;

    /// <summary>False for requests without a key (health).</summary>
    public bool Authorize { get; init; } = true;

    /// <summary>How often it may be sent again. Null takes the connection's.</summary>
    public int? MaximumRetryCount { get; init; }

    /// <summary>What the call has cost at least, in USD, by the id of the deployment that answers it, when that is known. Null when nobody can tell.</summary>
    public Func<string?, decimal?>? CostSoFar { get; init; }

    /// <summary>Whether the answer costs money or quota, so that a limit on calls applies to it.</summary>
    public bool Limited => Model is not null;
}
