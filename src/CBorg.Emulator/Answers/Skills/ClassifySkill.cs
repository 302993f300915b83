using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CBorg.Emulator.Embeddings;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>
/// "Classify as positive or negative: I love it" - "positive": one of the words that the prompt, or the system prompt, lists. Moods are told
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

        var labels = Separator().Split(task.Groups["labels"].Value)
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
        """\b(?:classify|categori[sz]e|label|rate|sentiment|mood|tone)\b(?<between>.{0,300}?)(?:\b(?:as|into|is|either)\b|\bone\s+of\b|[:(]|(?<=\b(?:sentiment|mood|tone))\s)\s*(?:either\s+|one\s+of\s*:?\s*|exactly\s+)?""" +
        """\(?(?<labels>["'`]?[\p{L}\d_-]+["'`]?(?:\s*[,/|]\s*(?:or\s+|and\s+)?["'`]?[\p{L}\d_-]+["'`]?)*\s*(?:,|/|\||\bor\b|\band\b)\s*["'`]?[\p{L}\d_-]+["'`]?)\)?""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Wording();

    [GeneratedRegex(@"\s*[,/|]\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();
}
