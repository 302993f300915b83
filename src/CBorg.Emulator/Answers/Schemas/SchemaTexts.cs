using System.Text.Json;
using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Schemas;

/// <summary>Texts that fit a schema's format and length, and its pattern where the prompt has one that does.</summary>
internal static class SchemaTexts
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(200);

    public static string Make(JsonObject schema, string name, PromptHints hints, int variation)
    {
        var text =
            hints.TextFor(name)
            ?? schema.Text("default")
            ?? (schema["examples"] as JsonArray)?.FirstOrDefault()?.ToString()
            ?? "unknown";
        text = variation == 0 ? text : $"{text} {variation + 1}";
        if (schema.Text("format") is { } format)
        {
            text = InFormat(format, text, hints.Prompt, variation);
        }

        var shortest = schema.Whole("minLength") ?? 0;
        if (schema.Text("pattern") is { } pattern)
        {
            return InPattern(pattern, text, hints.Prompt, shortest);
        }

        text = text.Length == 0 && shortest > 0 ? "x" : text;
        while (text.Length < shortest)
        {
            text += " " + text;
        }

        var longest = schema.Whole("maxLength") ?? int.MaxValue;
        return text.Length > longest ? text[..longest] : text;
    }

    /// <summary>The choice that the prompt names, else the one that suits it best.</summary>
    public static JsonNode? Choose(JsonArray choices, JsonObject schema, PromptHints hints, int variation)
    {
        var allowed = choices.Where(choice => IsOfType(schema["type"], choice)).ToList();
        if (allowed.Count == 0)
        {
            return choices[0];
        }

        var texts = allowed.OfType<JsonValue>().Select(choice => choice.ToString()).Where(text => text.Length > 0).ToList();
        var mentioned = texts.Where(text => Mentions(hints.Prompt, text)).ToList();
        var named = texts.FirstOrDefault(text => text == hints.Answer) ?? (mentioned.Count == 1 ? mentioned[0] : null);
        named ??= texts.Count == allowed.Count && texts.Count > 1 ? ClassifySkill.Pick(texts, hints.Prompt) : null;
        var best = Math.Max(0, allowed.FindIndex(choice => named is not null && choice?.ToString() == named));
        return allowed[(best + variation) % allowed.Count];
    }

    public static bool IsOfType(JsonNode? type, JsonNode? value) =>
        type switch
        {
            null => true,
            JsonArray types => types.Any(one => IsOfType(one, value)),
            _ => type.ToString() switch
            {
                "object" => value is JsonObject,
                "array" => value is JsonArray,
                "string" => value?.GetValueKind() == JsonValueKind.String,
                "number" => value?.GetValueKind() == JsonValueKind.Number,
                "integer" => Json.Number(value) % 1 == 0,
                "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
                "null" => value is null,
                _ => false,
            },
        };

    private static bool Mentions(string prompt, string text) =>
        Regex.IsMatch(prompt, $@"(?<!\w){Regex.Escape(text)}(?!\w)", RegexOptions.IgnoreCase, s_timeout);

    private static string InFormat(string format, string text, string prompt, int variation)
    {
        var day = new DateOnly(2026, 1, 2).AddDays(variation);
        return format switch
        {
            "date" => Found(prompt, @"\b\d{4}-\d{2}-\d{2}\b") ?? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "date-time" => Found(prompt, @"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")
                ?? day.ToString("yyyy-MM-dd'T03:04:05Z'", CultureInfo.InvariantCulture),
            "time" => Found(prompt, @"\b\d{2}:\d{2}:\d{2}Z") ?? "03:04:05Z",
            "duration" => "P1D",
            "email" => Found(prompt, @"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+") ?? $"someone{variation}@example.org",
            "uri" or "url" => Found(prompt, @"https?://[^\s""'<>)]+") ?? $"https://example.org/{variation}",
            "hostname" => "example.org",
            "ipv4" => Found(prompt, @"\b\d{1,3}(?:\.\d{1,3}){3}\b") ?? $"192.0.2.{variation + 1}",
            "ipv6" => $"2001:db8::{variation + 1}",
            "uuid" => new Guid(Stable.Hex($"{prompt}|{variation}", 32)).ToString(),
            _ => text,
        };
    }

    private static string InPattern(string pattern, string text, string prompt, int shortest)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.ECMAScript, s_timeout);
            if (regex.IsMatch(text) && text.Length >= shortest)
            {
                return text;
            }

            var bare = pattern.TrimStart('^').TrimEnd('$');
            return
                Found(prompt, $@"(?<!\w)(?:{bare})(?!\w)") is { Length: > 0 } found
                && regex.IsMatch(found)
                && found.Length >= shortest
                ? found
                : text;
        }
        catch (Exception tooHard) when (tooHard is ArgumentException or RegexMatchTimeoutException)
        {
            return text;
        }
    }

    private static string? Found(string prompt, string pattern)
    {
        try
        {
            return Regex.Match(prompt, pattern, RegexOptions.None, s_timeout) is { Success: true } match ? match.Value : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
