using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace CBorg.Binding;

/// <summary>Completes with a value that came from elsewhere: what is inserted is one argument, the text itself, whatever
/// characters are in it.</summary>
internal static class Literal
{
    // What is a word in every position: no number, parameter, operator, variable, comment or wildcard.
    private static readonly Regex s_word = new("^[A-Za-z][A-Za-z0-9_/.:-]*$", RegexOptions.CultureInvariant);

    /// <param name="value">What is offered.</param>
    /// <param name="tip">What is said about it.</param>
    /// <param name="inserted">What is to be inserted, where that is something else.</param>
    /// <returns>Null when it has characters that nobody would see in the line.</returns>
    public static CompletionResult? Completion(string value, string tip, string? inserted = null) =>
        value.Length > 0 && VisibleText.IsPlain(value)
            ? new CompletionResult(Of(inserted ?? value), value, CompletionResultType.ParameterValue, VisibleText.OneLine(tip))
            : null;

    /// <summary>What was typed of a value, without its quotes.</summary>
    public static string Typed(string word) => word.Trim('\'', '"');

    private static string Of(string value) =>
        s_word.IsMatch(value) && !value.EndsWith("\n", System.StringComparison.Ordinal)
            ? value
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
