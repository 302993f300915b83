using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CBorg.Core.Tests.Replay;

namespace CBorg.Core.Tests.Fuzz;

/// <summary>A recording to begin from.</summary>
/// <param name="Name">Folder and file.</param>
/// <param name="Route">The path that was asked, without its query.</param>
/// <param name="Reply">What was answered.</param>
/// <param name="Texts">Of an embedding request the texts.</param>
internal sealed record FuzzSource(string Name, string Route, FuzzReply Reply, int Texts)
{
    /// <summary>The deployment that all recorded replies are made to name, so that the fixed catalogue has its prices.</summary>
    public const string Deployment = "deployment-1";

    // Half a megabyte of catalogue tells no more than its first rows, and takes a thousand times as long.
    private const int Large = 40_000;
    private const int RowsOfLarge = 3;

    private static readonly Lazy<IReadOnlyList<FuzzSource>> s_all = new(Load);

    public static IReadOnlyList<FuzzSource> All => s_all.Value;

    public bool IsEvents =>
        Reply.Headers.Any(header =>
            header.Name == "content-type" && header.Value.StartsWith("text/event-stream", StringComparison.Ordinal)
        );

    private static List<FuzzSource> Load() =>
        [
            .. Directory
                .EnumerateFiles(Fixtures.Recordings, "*.json", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(Read)
                .Where(source => source.Reply.Status >= 200),
        ];

    private static FuzzSource Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement request = document.RootElement.GetProperty("request");
        JsonElement response = document.RootElement.GetProperty("response");
        string name = $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileNameWithoutExtension(file)}";
        string body =
            response.TryGetProperty("events", out JsonElement pieces)
                ? string.Concat(pieces.EnumerateArray().Select(piece => piece[1].GetString()))
            : response.TryGetProperty("body", out JsonElement text) ? text.GetString() ?? ""
            : "";
        FuzzReply reply = new(
            response.GetProperty("status").GetInt32(),
            [.. response.GetProperty("headers").EnumerateArray().Select(Header)],
            Encoding.UTF8.GetBytes(Shortened(body))
        );
        return new FuzzSource(name, request.GetProperty("path").GetString()!.Split('?')[0], reply, Count(request));
    }

    private static (string Name, string Value) Header(JsonElement header) =>
        (header[0].GetString()!, header[0].GetString() == "x-litellm-model-id" ? Deployment : header[1].GetString()!);

    private static string Shortened(string body)
    {
        if (body.Length < Large || JsonNode.Parse(body) is not JsonObject root || root["data"] is not JsonArray rows)
        {
            return body;
        }

        while (rows.Count > RowsOfLarge)
        {
            rows.RemoveAt(RowsOfLarge);
        }

        return root.ToJsonString();
    }

    private static int Count(JsonElement request) =>
        request.TryGetProperty("json", out JsonElement json)
        && json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("input", out JsonElement input)
            ? input.ValueKind == JsonValueKind.Array
                ? Math.Max(1, input.GetArrayLength())
                : 1
            : 1;
}
