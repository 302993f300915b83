using System.Data;
using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers.Skills;

/// <summary>"What is 12*7+1?" - "85".</summary>
internal sealed partial class ArithmeticSkill : ISkill
{
    private const int LongestQuestion = 300;

    public string? Answer(Conversation conversation)
    {
        var question = Question().Match(conversation.Prompt.Length > LongestQuestion ? "" : conversation.Prompt);
        if (!question.Success)
        {
            return null;
        }

        var sum = Times().Replace(question.Groups["sum"].Value, "*").Replace("\u00f7", "/", StringComparison.Ordinal);
        sum = sum.Replace("plus", "+", StringComparison.OrdinalIgnoreCase)
            .Replace("minus", "-", StringComparison.OrdinalIgnoreCase);
        try
        {
            using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
            var result = Convert.ToDouble(table.Compute(Numbers().Replace(sum, "$0.0"), null), CultureInfo.InvariantCulture);
            return double.IsFinite(result) ? result.ToString("0.############", CultureInfo.InvariantCulture) : null;
        }
        catch (Exception noSum)
            when (noSum is InvalidExpressionException or OverflowException or InvalidCastException or DivideByZeroException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"^(?!\s*\d{4}-\d{2}-\d{2}\s*$)\s*(?:(?:please\s+)?(?:what(?:'s|\s+is|\s+are)|how\s+much\s+(?:is|are)|calculate|compute)\s*:?\s+)?"
            + @"(?<sum>[-+(]*\s*\d[\d\s.+\-*/()\u00d7\u00f7x]*(?:(?:plus|minus|times)[\d\s.+\-*/()]+)*)"
            + @"(?:=\s*)?[?.!]*\s*(?:(?:answer|reply|respond|give|just|only)\b.*)?$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Question();

    [GeneratedRegex(@"[\u00d7x]|\btimes\b", RegexOptions.IgnoreCase)]
    private static partial Regex Times();

    /// <summary>Whole numbers, which are to be divided like others.</summary>
    [GeneratedRegex(@"(?<![\d.])\d+(?![\d.])")]
    private static partial Regex Numbers();
}
