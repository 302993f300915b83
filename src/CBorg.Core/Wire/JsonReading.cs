using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace CBorg.Core.Wire;

/// <summary>
/// Reads JSON whose members may be absent, null, of another type, or numbers written as text: all of it has been seen on the wire. What cannot be read is null, never an exception and never 0.
/// </summary>
internal static class JsonReading
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? Member(this JsonElement? element, string name) => element?.Member(name);

    public static string? Text(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    public static long? Integer(this JsonElement? element, string name) => element?.Integer(name);

    /// <summary>Integers, floats with integer values (<c>131072.0</c>) and texts of them.</summary>
    public static long? Integer(this JsonElement element, string name) =>
        element.Number(name) is { } value && Math.Abs(value) < 9e18 ? (long)value : null;

    public static double? Number(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out double number) => number,
        { ValueKind: JsonValueKind.String } value when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    public static decimal? Money(this JsonElement? element, string name) => element?.Money(name);

    public static decimal? Money(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } value => Wire.Money.Parse(value.GetRawText()),
        { ValueKind: JsonValueKind.String } value => Wire.Money.Parse(value.GetString()),
        _ => null,
    };

    public static bool? Flag(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    /// <summary>Times with or without offset or fraction; without an offset they are UTC.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IReadOnlyList<string> Texts(this JsonElement element, string name)
    {
        List<string> texts = [];
        foreach (JsonElement item in element.Items(name))
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                texts.Add(item.GetString()!);
            }
        }

        return texts;
    }
}
