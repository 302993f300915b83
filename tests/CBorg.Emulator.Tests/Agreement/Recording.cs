using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Tests.Agreement;

/// <summary>One exchange with a real proxy, as recorded.</summary>
internal sealed class Recording(JsonObject json)
{
    public string Name { get; } = (string)json["name"]!;

    public int Sequence { get; } = (int)json["sequence"]!;

    public string? PartOf { get; } = (string?)json["part_of"];

    public bool Parallel { get; } = json.ContainsKey("parallel");

    public string Method { get; } = (string)json["request"]!["method"]!;

    public string Path { get; } = (string)json["request"]!["path"]!;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } =
        json["request"]!["headers"]!
            .AsObject()
            .Where(h => h.Key != "Host")
            .Select(h => KeyValuePair.Create(h.Key, (string)h.Value!))
            .ToList();

    /// <summary>The body as sent; null when there was none.</summary>
    public string? Body { get; } = json["request"]!["json"]?.ToJsonString() ?? (string?)json["request"]!["text"];

    public Facts Answer { get; } = AnswerOf(json["response"]!.AsObject());

    public static List<Recording> ReadAll(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.json")
            .Select(file => new Recording(JsonNode.Parse(File.ReadAllText(file))!.AsObject()))
            .OrderBy(r => r.Sequence)
            .ToList();

    private static Facts AnswerOf(JsonObject response)
    {
        var text = response["events"] is JsonArray events
            ? string.Concat(events.Select(e => (string)e![1]!))
            : (string)response["body"]!;
        var headers = response["headers"]!.AsArray().Select(h => KeyValuePair.Create((string)h![0]!, (string)h[1]!));
        return Facts.Of((int)response["status"]!, headers, text);
    }
}
