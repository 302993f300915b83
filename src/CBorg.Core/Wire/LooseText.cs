using System;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CBorg.Core.Wire;

/// <summary>
/// Reads what the framework refuses to read as text: bytes that are no UTF-8, and escapes that are half of a letter
/// (<c>\ud83d</c>). Both are on the wire; halves come where a proxy cuts a text
/// between the two, and then the other half comes with the next event.
/// </summary>
internal static class LooseText
{
#if !NET
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
#endif

    /// <summary>Parses JSON; bytes that are no text are replaced, as everybody does when showing them.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ArraySegment<byte> json) =>
        JsonDocument.Parse(
            IsUtf8(json) ? json.AsMemory() : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Array!, json.Offset, json.Count))
        );

    /// <returns>Null when the element is no text.</returns>
    public static string? AsText(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return Unescape(element.GetRawText());
        }
    }

    /// <returns>Null when the name is no text.</returns>
    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsUtf8(ArraySegment<byte> bytes)
    {
#if NET
        return System.Text.Unicode.Utf8.IsValid(bytes);
#else
        try
        {
            s_strict.GetCharCount(bytes.Array!, bytes.Offset, bytes.Count);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
#endif
    }

    /// <summary>The letters of a JSON string that is known to be well-formed otherwise; halves stay halves.</summary>
    private static string Unescape(string quoted)
    {
        StringBuilder text = new(quoted.Length);
        for (int at = 1; at < quoted.Length - 1; at++)
        {
            if (quoted[at] != '\\')
            {
                text.Append(quoted[at]);
                continue;
            }

            char escape = quoted[++at];
            text.Append(
                escape switch
                {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'b' => '\b',
                    'f' => '\f',
                    'u' => (char)
                        ushort.Parse(quoted.Substring(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                    _ => escape,
                }
            );
            at += escape == 'u' ? 4 : 0;
        }

        return text.ToString();
    }
}
