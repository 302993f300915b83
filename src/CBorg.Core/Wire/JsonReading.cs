using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace CBorg.Core.Wire;

/// <summary>
/// Reads JSON whose members may be absent, null, of another type, or numbers written as text: all of it has been seen on
/// the wire. What cannot be read is null, never an exception and never 0.
/// </summary>
internal static class JsonReading
{
    private const double LargestCount = 1e15;

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && TryFind(element, name, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static JsonElement? Member(this JsonElement? element, string name) => element?.Member(name);

    public static string? Text(this JsonElement element, string name) => element.Member(name)?.AsText();

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    public static long? Integer(this JsonElement? element, string name) => element?.Integer(name);

    /// <summary>Integers, floats with integer values (<c>131072.0</c>) and texts of them. What is so large that sums and
    /// products of it would not fit is nothing that can be counted.</summary>
    public static long? Integer(this JsonElement element, string name) =>
        element.Number(name) is { } value && Math.Abs(value) <= LargestCount ? (long)value : null;

    public static double? Number(this JsonElement element, string name) =>
        element.Member(name) switch
        {
            { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out double number) => number,
            { ValueKind: JsonValueKind.String } value
                when double.TryParse(value.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) =>
                number,
            _ => null,
        };

    public static decimal? Money(this JsonElement? element, string name) => element?.Money(name);

    public static decimal? Money(this JsonElement element, string name) =>
        element.Member(name) switch
        {
            { ValueKind: JsonValueKind.Number } value => Wire.Money.Parse(value.GetRawText()),
            { ValueKind: JsonValueKind.String } value => Wire.Money.Parse(value.AsText()),
            _ => null,
        };

    public static bool? Flag(this JsonElement element, string name) =>
        element.Member(name) switch
        {
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            _ => null,
        };

    /// <summary>Times with or without offset or fraction; without an offset they are UTC.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(
            element.Text(name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time
        )
            ? time
            : null;

    public static JsonElement.ArrayEnumerator Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    /// <summary>The members of an object whose names are text.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (LooseText.NameOf(property) is { } name)
            {
                yield return (name, property.Value);
            }
        }
    }

    public static IReadOnlyList<string> Texts(this JsonElement element, string name)
    {
        List<string> texts = [];
        foreach (JsonElement item in element.Items(name))
        {
            if (item.AsText() is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private static bool TryFind(JsonElement element, string name, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            // A neighbour's name is no text. The last of several members of a name counts, as otherwise.
            (string Name, JsonElement Value)[] found = [.. element.Members().Where(member => member.Name == name)];
            value = found.Length > 0 ? found[found.Length - 1].Value : default;
            return found.Length > 0;
        }
    }
}
