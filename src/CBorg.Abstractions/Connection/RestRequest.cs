using System;

namespace CBorg;

/// <summary>A request to any route of the proxy.</summary>
public sealed class RestRequest
{
    /// <summary>The route, with its query, below the proxy's address: <c>/spend/calculate</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The body: a dictionary, list, object or JSON text. Null sends none.</summary>
    public object? Body { get; init; }

    /// <summary>The longest the call may take, waits included. Null takes the connection's.</summary>
    public TimeSpan? Timeout { get; init; }
}
