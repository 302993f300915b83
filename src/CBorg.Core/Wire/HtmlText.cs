using System;
using System.Text;
using System.Text.RegularExpressions;

namespace CBorg.Core.Wire;

/// <summary>The words of a web page. In one pass: a page of tags that do not end would keep a regular expression busy for
/// seconds.</summary>
internal static class HtmlText
{
    private static readonly string[] s_withoutWords = ["style", "script"];
    private static readonly Regex s_space = new(@"\s+");

    public static string Words(string page)
    {
        StringBuilder text = new();
        int[] lastEnds = Array.ConvertAll(
            s_withoutWords,
            name => page.LastIndexOf($"</{name}>", StringComparison.OrdinalIgnoreCase)
        );
        int at = 0;
        while (page.IndexOf('<', at) is >= 0 and int tag && page.IndexOf('>', tag + 1) is >= 0 and int end)
        {
            // "<>" is no tag.
            int after = end == tag + 1 ? tag : EndOf(page, tag, end, lastEnds);
            text.Append(page, at, tag - at).Append(after == tag ? "<" : " ");
            at = Math.Max(after, tag + 1);
        }

        return s_space.Replace(text.Append(page, at, page.Length - at).ToString(), " ").Trim();
    }

    /// <returns>What comes after a tag, or after the whole element where its content is not for people.</returns>
    private static int EndOf(string page, int tag, int end, int[] lastEnds)
    {
        for (int i = 0; i < s_withoutWords.Length; i++)
        {
            string name = s_withoutWords[i];
            if (lastEnds[i] > end && string.Compare(page, tag + 1, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                string closing = $"</{name}>";
                return page.IndexOf(closing, end + 1, StringComparison.OrdinalIgnoreCase) + closing.Length;
            }
        }

        return end + 1;
    }
}
