using System;
using System.Collections.Generic;
using System.Text.Json;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>A request as it came over the wire.</summary>
internal sealed record RawRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    public JsonElement Json() => JsonDocument.Parse(Body).RootElement;

    public static RawRequest Parse(string head, string body)
    {
        string[] lines = head.Split("\r\n");
        string[] first = lines[0].Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new RawRequest(first[0], first[1], headers, body);
    }
}
