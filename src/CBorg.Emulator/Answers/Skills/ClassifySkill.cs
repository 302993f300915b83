using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>
/// "Classify as positive or negative: I love it" - "positive": one of the words that the prompt, or the system prompt,
/// lists. Moods are told
/// by a plain word list, other labels by the likeness of the words.
/// </summary>
internal sealed partial class ClassifySkill : ISkill
{
    private const int LikenessDimension = 768;

    // What is to be done stands at the beginning; what it is to be done to may be long.
    private const int LongestTask = 4000;

    public string? Answer(Conversation conversation)
    {
        if (Task(conversation.Prompt) is { } inPrompt)
        {
            return Pick(inPrompt.Labels, inPrompt.Text.Length > 0 ? inPrompt.Text : conversation.Prompt);
        }

        return Task(conversation.System) is { } inSystem ? Pick(inSystem.Labels, conversation.Prompt) : null;
    }

    /// <summary>The label that fits a text best.</summary>
    public static string Pick(IReadOnlyList<string> labels, string text)
    {
        var mood = Mood.Of(text);
        if (labels.FirstOrDefault(label => Mood.Of(label) == mood && Mood.IsMoodName(label)) is { } moodLabel)
        {
            return moodLabel;
        }

        if (mood == 0 && labels.FirstOrDefault(Mood.IsNeutralName) is { } neutral)
        {
            return neutral;
        }

        var vector = Embedder.Embed(text, query: false, LikenessDimension);
        return labels.MaxBy(label => Embedder.Likeness(vector, Embedder.Embed(label, query: false, LikenessDimension)))!;
    }

    private static (IReadOnlyList<string> Labels, string Text)? Task(string prompt)
    {
        var task = Wording().Match(prompt.Length > LongestTask ? prompt[..LongestTask] : prompt);
        if (!task.Success)
        {
            return null;
        }

        var labels = Separator()
            .Split(task.Groups["labels"].Value)
            .Select(label => label.Trim(' ', '"', '\'', '`', '(', ')'))
            .Where(label => label.Length > 0)
            .ToList();
        return labels.Count < 2 ? null : (labels, TextIn(prompt, task));
    }

    // The text to classify comes after the labels, or stands between the verb and "as".
    private static string TextIn(string prompt, Match task)
    {
        var after = prompt[(task.Index + task.Length)..].Trim(' ', '\n', '\r', ':', '.', ')', '"', '?');
        return after.Length > 0 ? after : task.Groups["between"].Value.Trim();
    }

    [GeneratedRegex(
        """\b(?:classify|categori[sz]e|label|rate|sentiment|mood|tone)\b(?<between>.{0,300}?)(?:\b(?:as|into|is|either)\b|\bone\s+of\b|[:(]|(?<=\b(?:sentiment|mood|tone))\s)\s*(?:either\s+|one\s+of\s*:?\s*|exactly\s+)?"""
            + """\(?(?<labels>["'`]?[\p{L}\d_-]+["'`]?(?:\s*[,/|]\s*(?:or\s+|and\s+)?["'`]?[\p{L}\d_-]+["'`]?)*\s*(?:,|/|\||\bor\b|\band\b)\s*["'`]?[\p{L}\d_-]+["'`]?)\)?""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Wording();

    [GeneratedRegex(@"\s*[,/|]\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();
}

/// <summary>Tells good from bad by counting words of two lists; "not" turns the next ones round.</summary>
internal static class Mood
{
    private const int WordsThatNotTurns = 3;

    private static readonly HashSet<string> s_good = Set(
        "positive good great excellent amazing wonderful awesome fantastic love loved like liked enjoy enjoyed happy pleased best brilliant perfect nice superb "
            + "delightful delighted fast helpful recommend recommended beautiful fun glad thank thanks works easy reliable favorite favourite impressed yes better"
    );

    private static readonly HashSet<string> s_bad = Set(
        "negative bad terrible awful horrible hate hated dislike disliked poor worst broken boring disappointed disappointing sad angry slow useless ugly annoying "
            + "annoyed fail fails failed failure wrong crash crashed crashes refund waste never worse dirty rude no problem problems late cold"
    );

    private static readonly HashSet<string> s_turn = Set(
        "not no never isn't wasn't don't doesn't didn't can't won't hardly without"
    );

    private static readonly HashSet<string> s_neutralNames = Set("neutral mixed none other unclear unknown");

    /// <summary>1 for good, -1 for bad, 0 for neither.</summary>
    public static int Of(string text)
    {
        var score = 0;
        var turned = 0;
        foreach (
            var word in text.ToLowerInvariant()
                .Split([' ', '\n', '\t', ',', '.', '!', '?', ';', ':', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var sign = turned > 0 ? -1 : 1;
            score += s_good.Contains(word) ? sign : 0;
            score -= s_bad.Contains(word) && !s_turn.Contains(word) ? sign : 0;
            turned = s_turn.Contains(word.Replace('\u2019', '\'')) ? WordsThatNotTurns : turned - 1;
        }

        return score == 0 && IsMoodName(text) ? (text.Trim().ToLowerInvariant() is "no" or "never" ? -1 : 1) : Math.Sign(score);
    }

    public static bool IsMoodName(string label) =>
        s_good.Contains(label.ToLowerInvariant()) || s_bad.Contains(label.ToLowerInvariant());

    public static bool IsNeutralName(string label) => s_neutralNames.Contains(label.ToLowerInvariant());

    private static HashSet<string> Set(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);
}
