using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Module.Tests.Engine.Stub;

/// <summary>A request as it came over the line.</summary>
internal sealed class StubRequest
{
    public required string Method { get; init; }

    /// <summary>The path without its query.</summary>
    public required string Path { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required string Body { get; init; }

    public bool IsChat => Path == "/chat/completions";

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The messages as <c>role: content</c>; content that is no text as JSON.</summary>
    public IReadOnlyList<string> Messages =>
        [
            .. Json.GetProperty("messages")
                .EnumerateArray()
                .Select(message => $"{message.GetProperty("role")}: {message.GetProperty("content")}"),
        ];

    public string? Model => Json.GetProperty("model").GetString();

    public bool Streams =>
        Body.Length > 0 && Json.TryGetProperty("stream", out JsonElement stream) && stream.ValueKind == JsonValueKind.True;

    /// <returns>Null when the line closed before a request.</returns>
    public static async Task<StubRequest?> ReadAsync(Stream line, CancellationToken token)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (head.Count < 4 || !(head[^1] == '\n' && head[^3] == '\n'))
        {
            if (await line.ReadAsync(one, token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        string[] rows = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string row in rows[1..])
        {
            int colon = row.IndexOf(':', StringComparison.Ordinal);
            headers[row[..colon]] = row[(colon + 1)..].Trim();
        }

        byte[] body = new byte[
            headers.TryGetValue("content-length", out string? length)
                ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)
                : 0
        ];
        await line.ReadExactlyAsync(body, token);
        string[] first = rows[0].Split(' ');
        return new StubRequest
        {
            Method = first[0],
            Path = first[1].Split('?')[0],
            Headers = headers,
            Body = Encoding.UTF8.GetString(body),
        };
    }
}
