using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>"Count to 5", "Count from 3 to 9", "Write 200 words": answers as long as a test wants them.</summary>
internal sealed partial class CountSkill : ISkill
{
    private const int LongestAnswer = 100_000;

    private static readonly string[] s_words = ["light", "water", "stone", "river", "cloud", "field", "north", "early", "quiet", "seven"];

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
            ? string.Join(' ', Enumerable.Range(0, Math.Min(Number(write.Groups["amount"]), LongestAnswer)).Select(i => s_words[i % s_words.Length]))
            : null;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bcount\s+(?:from\s+(?<first>\d{1,6})\s+)?(?:up\s+)?to\s+(?<last>\d{1,6})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Count();

    [GeneratedRegex(@"\bwrite\s+(?:exactly\s+|about\s+)?(?<amount>\d{1,6})\s+words\b", RegexOptions.IgnoreCase)]
    private static partial Regex Write();
}
