using System;
using System.Collections.Generic;
using System.Text;

namespace CBorg.Emulator.Answers;

/// <summary>Words of a text or of a name such as getWeather_byCity, in lower case and without a plural s.</summary>
internal static class Words
{
    private static readonly HashSet<string> s_tellNothing = new(StringComparer.Ordinal)
    {
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "current", "do", "for", "from", "get", "give", "given", "has", "have", "how", "in", "is",
        "it", "me", "my", "of", "on", "or", "please", "return", "set", "some", "that", "the", "thi", "this", "to", "tool", "use", "what", "when", "where",
        "which", "who", "why", "with", "you", "your", "call", "function", "now", "tell", "find", "make", "new", "one", "letter", "come", "after", "u",
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
