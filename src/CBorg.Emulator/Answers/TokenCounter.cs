namespace CBorg.Emulator.Answers;

/// <summary>
/// The stated rule of this server: a run of letters is one token for each started eight letters, a run of digits one for each
/// started three, a run of line breaks one, any other visible character one. English comes out at about four characters a token.
/// </summary>
internal static class TokenCounter
{
    public const int LettersPerToken = 8;
    public const int DigitsPerToken = 3;
    public const int TokensPerMessage = 3;
    public const int TokensBeforeReply = 3;

    public static int Count(string? text) => string.IsNullOrEmpty(text) ? 0 : Pieces(text).Count();

    public static int CountMessages(JsonArray? messages)
    {
        if (messages is null || messages.Count == 0)
        {
            return 0;
        }

        return TokensBeforeReply + messages.Sum(message => CountMessage(Message.From(message)));
    }

    public static int CountMessage(Message message) =>
        TokensPerMessage
        + Count(message.Role)
        + Count(message.Text)
        + message.Images.Sum(image => image.Tokens)
        + message.Files.Sum(file => file.Tokens)
        + message.ToolCalls.Sum(call => Count(call.Name) + Count(call.Arguments));

    /// <summary>Each token's text, with the blanks before it, so that the pieces put together are the text.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var visible = SkipBlanks(text, start);
            var end = visible == text.Length ? visible : visible + TokenLength(text, visible);
            if (visible == text.Length && start > 0)
            {
                yield break;
            }

            yield return text[start..end];
            start = end;
        }
    }

    /// <summary>The first tokens of a text; the whole text when it has no more than that.</summary>
    public static string Cut(string text, int tokens)
    {
        var kept = Pieces(text).Take(tokens + 1).ToList();
        return kept.Count <= tokens ? text : string.Concat(kept.Take(tokens));
    }

    private static int SkipBlanks(string text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]) && !IsLineBreak(text[start]))
        {
            start++;
        }

        return start;
    }

    private static int TokenLength(string text, int start)
    {
        var first = text[start];
        if (IsLineBreak(first))
        {
            return RunLength(text, start, int.MaxValue, IsLineBreak);
        }

        if (char.IsDigit(first))
        {
            return RunLength(text, start, DigitsPerToken, char.IsDigit);
        }

        if (IsAlphabetic(first))
        {
            return RunLength(text, start, LettersPerToken, IsAlphabetic);
        }

        return char.IsHighSurrogate(first) && start + 1 < text.Length ? 2 : 1;
    }

    private static int RunLength(string text, int start, int atMost, System.Func<char, bool> belongs)
    {
        var length = 1;
        while (length < atMost && start + length < text.Length && belongs(text[start + length]))
        {
            length++;
        }

        return length;
    }

    private static bool IsLineBreak(char letter) => letter is '\n' or '\r';

    // From U+2E80 on a letter is mostly a word of its own.
    private static bool IsAlphabetic(char letter) => letter < '\u2E80' && char.IsLetter(letter);
}
