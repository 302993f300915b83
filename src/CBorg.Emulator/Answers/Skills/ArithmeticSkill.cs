using System.Globalization;
using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>"What is 12*7+1?" - "85".</summary>
internal sealed partial class ArithmeticSkill : ISkill
{
    private const int LongestQuestion = 2000;

    public string? Answer(Conversation conversation)
    {
        if (conversation.Prompt.Length > LongestQuestion)
        {
            return null;
        }

        var question = Question().Match(conversation.Prompt);
        if (!question.Success)
        {
            return null;
        }

        var result = new Arithmetic(InSigns(question.Groups["sum"].Value)).Result();
        return result?.ToString("0.############", CultureInfo.InvariantCulture);
    }

    private static string InSigns(string sum)
    {
        sum = Times().Replace(sum, "*");
        sum = DividedBy().Replace(sum, "/");
        sum = ToThePowerOf().Replace(sum, "^");
        return Minus().Replace(Plus().Replace(sum, "+"), "-");
    }

    [GeneratedRegex(
        @"^(?!\s*\d{4}-\d{2}-\d{2}\s*$)\s*(?:(?:please\s+)?(?:what(?:'s|\s+is|\s+are)|how\s+much\s+(?:is|are)|calculate|compute|evaluate|solve|work\s+out)\s*:?\s+)?" +
        @"(?<sum>[-+(]*\s*\d[\d\s.,+\-*/^()%×÷·x]*(?:(?:plus|minus|times|multiplied\s+by|divided\s+by|over|to\s+the\s+power\s+of)[\d\s.,+\-*/^()%×÷·x]+)*)" +
        @"(?:=\s*)?[?.!]*\s*(?:(?:answer|reply|respond|give|just|only)\b.*)?$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Question();

    [GeneratedRegex(@"[×·x]|\b(?:times|multiplied\s+by)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Times();

    [GeneratedRegex(@"÷|\b(?:divided\s+by|over)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DividedBy();

    [GeneratedRegex(@"\*\*|\bto\s+the\s+power\s+of\b", RegexOptions.IgnoreCase)]
    private static partial Regex ToThePowerOf();

    [GeneratedRegex(@"\bplus\b", RegexOptions.IgnoreCase)]
    private static partial Regex Plus();

    [GeneratedRegex(@"\bminus\b", RegexOptions.IgnoreCase)]
    private static partial Regex Minus();
}
