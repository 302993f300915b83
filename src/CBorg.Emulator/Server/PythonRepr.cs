using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Server;

/// <summary>JSON as Python's repr of the same dict: {'error': {'param': None}}.</summary>
internal static class PythonRepr
{
    public static string Of(JsonNode? node) => node switch
    {
        null => "None",
        JsonObject o => "{" + string.Join(", ", o.Select(m => $"'{m.Key}': {Of(m.Value)}")) + "}",
        JsonArray a => "[" + string.Join(", ", a.Select(Of)) + "]",
        JsonValue v when v.TryGetValue(out string? text) => Quote(text),
        JsonValue v when v.TryGetValue(out bool b) => b ? "True" : "False",
        _ => node.ToJsonString(),
    };

    private static string Quote(string text) =>
        text.Contains('\'') && !text.Contains('"') ? $"\"{text}\"" : $"'{text.Replace("'", "\\'")}'";
}
