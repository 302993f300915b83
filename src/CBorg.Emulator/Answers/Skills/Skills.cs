using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>Something the stand-in can answer; null when it is not asked for that.</summary>
internal interface ISkill
{
    string? Answer(Conversation conversation);
}

/// <summary>After a tool has answered: says what it said.</summary>
internal sealed class ToolResultSkill : ISkill
{
    public string? Answer(Conversation conversation)
    {
        var results = conversation
            .ToolResults.Select(result => $"{conversation.NameOfTool(result.ToolCallId)} says: {result.Text}")
            .ToList();
        return results.Count == 0 ? null : string.Join("\n", results);
    }
}

/// <summary>"Echo: hello", "Repeat after me: hello", "Say hello", "Reply with exactly: hello" - "hello".</summary>
internal sealed partial class EchoSkill : ISkill
{
    public string? Answer(Conversation conversation)
    {
        var order = Order().Match(conversation.Prompt);
        return order.Success ? Unquoted(order.Groups["text"].Value) : null;
    }

    private static string Unquoted(string text)
    {
        text = text.Trim();
        var quoted = text.Length > 1 && text[0] == text[^1] && text[0] is '"' or '\'' or '`';
        return quoted && text.IndexOf(text[0], 1) == text.Length - 1 ? text[1..^1] : text;
    }

    [GeneratedRegex(
        @"^\s*(?:please\s+|you\s+must\s+)?(?:echo(?:\s*:|\s)|repeat(?:\s+after\s+me|\s+this)?\s*:|repeat\s+after\s+me\s|say(?:\s+only|\s+just)?(?:\s*:|\s)"
            + @"|(?:reply|answer|respond)(?:\s+only|\s+just)?\s+with(?:\s+(?:exactly|only|just))*(?:\s+the\s+words?)?(?:\s*:|\s))\s*(?<text>.+)$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Order();
}

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

    [GeneratedRegex(
        """\bletter\b[^?.\n]{0,60}?\b(?<way>after|before|follows|precedes)\s+(?:the\s+letter\s+)?["'`]?(?<letter>[A-Za-z])\b""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Question();
}

/// <summary>"Count to 5", "Count from 3 to 9", "Write 200 words": answers as long as a test wants them.</summary>
internal sealed partial class CountSkill : ISkill
{
    private const int LongestAnswer = 100_000;

    private static readonly string[] s_words =
    [
        "light",
        "water",
        "stone",
        "river",
        "cloud",
        "field",
        "north",
        "early",
        "quiet",
        "seven",
    ];

    public string? Answer(Conversation conversation)
    {
        var count = Count().Match(conversation.Prompt);
        if (count.Success)
        {
            var first = count.Groups["first"].Success ? Number(count.Groups["first"]) : 1;
            var amount = Math.Clamp(Number(count.Groups["last"]) - first + 1, 0, LongestAnswer);
            return string.Join(' ', Enumerable.Range(first, amount));
        }

        var write = Write().Match(conversation.Prompt);
        return write.Success
            ? string.Join(
                ' ',
                Enumerable
                    .Range(0, Math.Min(Number(write.Groups["amount"]), LongestAnswer))
                    .Select(i => s_words[i % s_words.Length])
            )
            : null;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bcount\s+(?:from\s+(?<first>\d{1,6})\s+)?(?:up\s+)?to\s+(?<last>\d{1,6})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Count();

    [GeneratedRegex(@"\bwrite\s+(?:exactly\s+|about\s+)?(?<amount>\d{1,6})\s+words\b", RegexOptions.IgnoreCase)]
    private static partial Regex Write();
}
