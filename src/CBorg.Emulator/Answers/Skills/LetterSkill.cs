using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>"What letter comes after A?" - "B".</summary>
internal sealed partial class LetterSkill : ISkill
{
    public string? Answer(Conversation conversation)
    {
        var question = Question().Match(conversation.Prompt);
        if (!question.Success)
        {
            return null;
        }

        var letter = char.ToUpperInvariant(question.Groups["letter"].Value[0]);
        var next = (char)(letter + (question.Groups["way"].Value.ToLowerInvariant() is "before" or "precedes" ? -1 : 1));
        return next is >= 'A' and <= 'Z' ? next.ToString() : $"No letter: {letter} is at the alphabet's end.";
    }

    [GeneratedRegex("""\bletter\b[^?.\n]{0,60}?\b(?<way>after|before|follows|precedes)\s+(?:the\s+letter\s+)?["'`]?(?<letter>[A-Za-z])\b""", RegexOptions.IgnoreCase)]
    private static partial Regex Question();
}
