using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CBorg.Emulator.Tests.Agreement;

/// <summary>The members of a JSON value and their types; elements of a list fall together, and so do members whose names
/// are data.</summary>
internal static partial class Shape
{
    public static SortedSet<string> Of(JsonNode? value)
    {
        var shape = new SortedSet<string>(System.StringComparer.Ordinal);
        Collect(value, "$", shape);
        return shape;
    }

    private static void Collect(JsonNode? value, string path, SortedSet<string> shape)
    {
        shape.Add($"{path}: {Kind(value)}");
        if (value is JsonObject o)
        {
            foreach (var (name, member) in o)
            {
                Collect(member, $"{path}.{Named(name, path)}", shape);
            }
        }
        else if (value is JsonArray a)
        {
            foreach (var element in a)
            {
                Collect(element, path + "[]", shape);
            }
        }
    }

    private static string Kind(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            var kind => kind.Value.ToString().ToLowerInvariant(),
        };

    private static string Named(string name, string path) =>
        Hash().IsMatch(name) ? "<hash>"
        : Map().IsMatch(path) ? "<name>"
        : name;

    [GeneratedRegex("^[0-9a-f]{40,64}$")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\.(models|model_groups|providers|endpoints|api_keys|users|api_key_breakdown)$")]
    private static partial Regex Map();
}
