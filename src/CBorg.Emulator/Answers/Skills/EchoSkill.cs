using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Skills;

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
        @"^\s*(?:please\s+|you\s+must\s+)?(?:echo(?:\s*:|\s)|repeat(?:\s+after\s+me|\s+this)?\s*:|repeat\s+after\s+me\s|say(?:\s+only|\s+just)?(?:\s*:|\s)" +
        @"|(?:reply|answer|respond)(?:\s+only|\s+just)?\s+with(?:\s+(?:exactly|only|just))*(?:\s+the\s+words?)?(?:\s*:|\s))\s*(?<text>.+)$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Order();
}
