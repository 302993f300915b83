using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace CBorg.Binding;

/// <summary>Finds the question in what -Prompt and the pipeline gave. An object that is no text is never turned into one:
/// nobody wants to pay for "@{Id=1}".</summary>
internal static class PromptText
{
    /// <param name="prompt">What -Prompt holds now.</param>
    /// <param name="isStanding">Whether it was given once for all inputs, so that piped text goes below it; else it was
    /// made of this input and already says all.</param>
    /// <param name="input">What came through the pipeline.</param>
    public static string? Of(string? prompt, bool isStanding, PSObject? input)
    {
        if (!isStanding && !string.IsNullOrEmpty(prompt))
        {
            return prompt;
        }

        string? text = Text(PlainValues.Unwrap(input));
        return string.IsNullOrEmpty(prompt) ? text
            : string.IsNullOrWhiteSpace(text) || text == prompt ? prompt
            : $"{prompt}\n\n{text}";
    }

    public static CBorgRequestException Missing(PSObject? input)
    {
        if (input is null || PlainValues.Unwrap(input) is string)
        {
            return new CBorgRequestException(
                ErrorKind.BadRequest,
                "There is no question.",
                "Give -Prompt, pipe text, or give -Message."
            );
        }

        string columns = string.Join(", ", input.Properties.Select(property => property.Name).Take(12));
        return new CBorgRequestException(
            ErrorKind.BadRequest,
            $"The piped {input.BaseObject.GetType().Name} holds no question: it has no property Prompt (it has: {columns}).",
            "Say how to make the question of it, for example: -Prompt { \"Classify: $($_.Text)\" }"
        );
    }

    private static string? Text(object? value) =>
        value switch
        {
            string text => text,
            char or bool => value.ToString(),
            IFormattable plain
                when value.GetType().IsPrimitive || value is decimal or DateTime or DateTimeOffset or Guid or TimeSpan =>
                plain.ToString(null, CultureInfo.InvariantCulture),
            Uri address => address.ToString(),
            _ => null,
        };
}
