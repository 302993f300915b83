using System.Text.Json.Nodes;

namespace CBorg.Emulator.Answers;

/// <summary>Members of a request as what they should be, or null: a request may hold anything.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonObject node, string name) =>
        node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static double? Number(this JsonObject node, string name) => AsNumber(node[name]);

    public static int? Whole(this JsonObject node, string name) =>
        AsNumber(node[name]) is { } number && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static bool? Flag(this JsonObject node, string name) =>
        node[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    private static double? AsNumber(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return null;
        }

        if (value.TryGetValue<double>(out var number))
        {
            return number;
        }

        if (value.TryGetValue<decimal>(out var money))
        {
            return (double)money;
        }

        return value.TryGetValue<long>(out var whole) || (value.TryGetValue<int>(out var small) && (whole = small) == small) ? whole : null;
    }
}
