using System;
using System.Text.RegularExpressions;

namespace CBorg.Core.Http;

/// <summary>Takes keys out of texts that people will see. Servers echo keys in messages; every text from the wire passes
/// here before it is kept.</summary>
internal static class Redaction
{
    public static string Clean(string text, string? key)
    {
        if (text.Length == 0)
        {
            return text;
        }

        text = CleanOwn(text, key);
        if (text.Contains("sk-", StringComparison.Ordinal))
        {
            text = Patterns.Key.Replace(text, match => Mask(match.Value));
        }

        // Most headers are one word.
        return
            text.IndexOf(' ') >= 0
            && (
                text.IndexOf("asic ", StringComparison.OrdinalIgnoreCase) >= 0
                || text.IndexOf("earer ", StringComparison.OrdinalIgnoreCase) >= 0
            )
            ? Patterns.Bearer.Replace(text, match => $"{match.Groups[1].Value} ...")
            : text;
    }

    /// <summary>Takes out the key that was sent, and nothing else: what a model wrote stays as it is.</summary>
    public static string CleanOwn(string text, string? key) =>
        key is { Length: >= 4 } && text.Contains(key, StringComparison.Ordinal) ? text.Replace(key, Mask(key)) : text;

    /// <summary>The one form in which a key may be seen: <c>sk-...abcd</c>.</summary>
    public static string Mask(string key) => key.Length >= 12 ? "sk-..." + key.Substring(key.Length - 4) : "sk-...";

    /// <summary>Made when a text needs them, which few do: a new process would spend some time on them.</summary>
    private static class Patterns
    {
        public static readonly Regex Key = new(@"(?<![A-Za-z])sk-(?!\.\.\.)[A-Za-z0-9_\-]{4,}", RegexOptions.CultureInvariant);

        // "Basic questions" and "bearer authentication" are words; a credential has digits, signs or both cases in it.
        public static readonly Regex Bearer = new(
            @"\b((?i:bearer|basic))\s+(?!sk-\.\.\.)(?=[A-Za-z0-9_\-\.=+/]*(?:[0-9=+]|[a-z][A-Z]))[A-Za-z0-9_\-\.=+/]{8,}",
            RegexOptions.CultureInvariant
        );
    }
}
