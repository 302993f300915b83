using System;
using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CBorg.Core.Wire;

/// <summary>Turns plain .NET values (dictionaries, lists, texts, numbers) into JSON without reflection.</summary>
internal static class PlainJson
{
    /// <summary>Text beyond ASCII is left as it is (but for what takes two UTF-16 units).</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode? From(object? value) =>
        value switch
        {
            null => null,
            JsonNode node => node.DeepClone(),
            string text => JsonValue.Create(text),
            bool flag => JsonValue.Create(flag),
            char letter => JsonValue.Create(letter.ToString()),
            byte or sbyte or short or ushort or int or uint or long => JsonValue.Create(
                Convert.ToInt64(value, CultureInfo.InvariantCulture)
            ),
            ulong number => JsonValue.Create(number),
            float number => JsonValue.Create((double)number),
            double number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            DateTime time => JsonValue.Create(time.ToString("O", CultureInfo.InvariantCulture)),
            DateTimeOffset time => JsonValue.Create(time.ToString("O", CultureInfo.InvariantCulture)),
            IDictionary dictionary => FromDictionary(dictionary),
            byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
            IEnumerable list => FromList(list),
            _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
        };

    public static JsonObject FromDictionary(IDictionary dictionary)
    {
        JsonObject result = [];
        foreach (DictionaryEntry entry in dictionary)
        {
            result[Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!] = From(entry.Value);
        }

        return result;
    }

    /// <summary>UTF-8.</summary>
    public static byte[] ToUtf8(JsonNode node)
    {
        using System.IO.MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options))
        {
            node.WriteTo(writer);
        }

        return stream.ToArray();
    }

    private static JsonArray FromList(IEnumerable list)
    {
        JsonArray result = [];
        foreach (object? item in list)
        {
            result.Add(From(item));
        }

        return result;
    }
}
