using System.Text.Encodings.Web;
using System.Text.Json;

namespace CBorg.Emulator.Server;

/// <summary>JSON as Python's repr of the same dict: {'error': {'param': None}}.</summary>
internal static class PythonRepr
{
    public static string Of(JsonNode? node) =>
        node switch
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

/// <summary>Times as Python's str(datetime) and isoformat() write them.</summary>
internal static class PythonTime
{
    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture);
}

/// <summary>JSON as Python's json module would write it.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode? node) => node?.ToJsonString(s_options) ?? "null";

    /// <summary>JSON as json.dumps spaces it: {"a": 1, "b": [1, 2]}.</summary>
    public static string Dumps(JsonNode? node) =>
        node switch
        {
            JsonObject o => "{" + string.Join(", ", o.Select(m => $"{Write(JsonValue.Create(m.Key))}: {Dumps(m.Value)}")) + "}",
            JsonArray a => "[" + string.Join(", ", a.Select(Dumps)) + "]",
            _ => Write(node),
        };

    /// <summary>A number's value, however it came to be in the tree; null for anything else.</summary>
    public static double? Number(JsonNode? node) =>
        node is JsonValue v && v.GetValueKind() == JsonValueKind.Number
            ? double.Parse(v.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Whether a member is there and true.</summary>
    public static bool IsTrue(JsonNode? node) => node is JsonValue v && v.GetValueKind() == JsonValueKind.True;

    /// <summary>A number that keeps its ".0" and the exponent of Python's repr.</summary>
    public static JsonNode Float(double value) => JsonNode.Parse(Repr(value))!;

    public static JsonNode? Float(double? value) => value is { } v ? Float(v) : null;

    /// <summary>Python's repr of a float: 50.0, 1.5e-05.</summary>
    public static string Repr(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude is 0 or (>= 1e-4 and < 1e16))
        {
            var plain = value.ToString("0.0################", CultureInfo.InvariantCulture);
            return double.Parse(plain, CultureInfo.InvariantCulture).Equals(value) ? plain : Fixed(value);
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E');
        if (e < 0)
        {
            text = value.ToString("E16", CultureInfo.InvariantCulture);
            e = text.IndexOf('E');
        }

        var exponent = int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
        return $"{text[..e]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static string Fixed(double value)
    {
        var text = ((decimal)value).ToString(CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        text = shortest.Contains('E', StringComparison.Ordinal) ? text : shortest;
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }
}
