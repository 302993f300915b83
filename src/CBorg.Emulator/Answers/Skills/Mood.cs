using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>Tells good from bad by counting words of two lists; "not" turns the next ones round.</summary>
internal static class Mood
{
    private const int WordsThatNotTurns = 3;

    private static readonly HashSet<string> s_good = Set(
        "positive good great excellent amazing wonderful awesome fantastic love loved like liked enjoy enjoyed happy pleased best brilliant perfect nice superb " +
        "delightful delighted fast helpful recommend recommended beautiful fun glad thank thanks works easy reliable favorite favourite impressed yes better");

    private static readonly HashSet<string> s_bad = Set(
        "negative bad terrible awful horrible hate hated dislike disliked poor worst broken boring disappointed disappointing sad angry slow useless ugly annoying " +
        "annoyed fail fails failed failure wrong crash crashed crashes refund waste never worse dirty rude no problem problems late cold");

    private static readonly HashSet<string> s_turn = Set("not no never isn't wasn't don't doesn't didn't can't won't hardly without");

    private static readonly HashSet<string> s_neutralNames = Set("neutral mixed none other unclear unknown");

    /// <summary>1 for good, -1 for bad, 0 for neither.</summary>
    public static int Of(string text)
    {
        var score = 0;
        var turned = 0;
        foreach (var word in text.ToLowerInvariant().Split([' ', '\n', '\t', ',', '.', '!', '?', ';', ':', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = turned > 0 ? -1 : 1;
            score += s_good.Contains(word) ? sign : 0;
            score -= s_bad.Contains(word) && !s_turn.Contains(word) ? sign : 0;
            turned = s_turn.Contains(word.Replace('\u2019', '\'')) ? WordsThatNotTurns : turned - 1;
        }

        return score == 0 && IsMoodName(text) ? (text.Trim().ToLowerInvariant() is "no" or "never" ? -1 : 1) : Math.Sign(score);
    }

    public static bool IsMoodName(string label) => s_good.Contains(label.ToLowerInvariant()) || s_bad.Contains(label.ToLowerInvariant());

    public static bool IsNeutralName(string label) => s_neutralNames.Contains(label.ToLowerInvariant());

    private static HashSet<string> Set(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);
}
