using System.Collections.Generic;
using System.Management.Automation;

namespace CBorg;

/// <summary>A reply as it came.</summary>
public sealed class RestResponse
{
    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; init; }

    /// <summary><c>application/json</c>, usually.</summary>
    public string? ContentType { get; init; }

    /// <summary>The call's id; null when the proxy did not send one.</summary>
    public string? CallId { get; init; }

    /// <summary>How many requests it took.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The headers.</summary>
    [Hidden]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body as text.</summary>
    public string Body { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Body;
}
