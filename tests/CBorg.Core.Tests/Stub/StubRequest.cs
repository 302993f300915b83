using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CBorg.Core.Tests.Stub;

/// <summary>What a client sent.</summary>
internal sealed record StubRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    string Body
)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}
