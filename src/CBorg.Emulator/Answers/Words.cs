using System.Security.Cryptography;
using System.Text;

namespace CBorg.Emulator.Answers;

/// <summary>Words of a text or of a name such as getWeather_byCity, in lower case and without a plural s.</summary>
internal static class Words
{
    private static readonly HashSet<string> s_tellNothing = new(StringComparer.Ordinal)
    {
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "current",
        "do",
        "for",
        "from",
        "get",
        "give",
        "given",
        "has",
        "have",
        "how",
        "in",
        "is",
        "it",
        "me",
        "my",
        "of",
        "on",
        "or",
        "please",
        "return",
        "set",
        "some",
        "that",
        "the",
        "thi",
        "this",
        "to",
        "tool",
        "use",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
        "you",
        "your",
        "call",
        "function",
        "now",
        "tell",
        "find",
        "make",
        "new",
        "one",
        "letter",
        "come",
        "after",
        "u",
    };

    public static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(text[i]) && char.IsLower(text[i - 1]);
            if (startsWord || !char.IsLetterOrDigit(text[i]))
            {
                Finish(words, word);
            }

            if (char.IsLetterOrDigit(text[i]))
            {
                word.Append(char.ToLowerInvariant(text[i]));
            }
        }

        Finish(words, word);
        return words;
    }

    /// <summary>Whether a word says anything about what a text is about.</summary>
    public static bool Tells(string word) => word.Length > 1 && !s_tellNothing.Contains(word);

    private static void Finish(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
        {
            words.Add(Stem(word.ToString()));
            word.Clear();
        }
    }

    private static string Stem(string word) =>
        word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word;
}

/// <summary>Identifiers and numbers that are the same for the same text, in every process.</summary>
internal static class Stable
{
    public static string Hex(string text, int length) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant()[..length];

    /// <summary>FNV-1a, 64 bits.</summary>
    public static ulong Number(ReadOnlySpan<char> text, ulong start = 14695981039346656037)
    {
        var hash = start;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash;
    }
}

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

        return value.TryGetValue<long>(out var whole) || (value.TryGetValue<int>(out var small) && (whole = small) == small)
            ? whole
            : null;
    }
}
