using System;
using System.Globalization;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>
/// What may stand in the Authorization header. HttpClient takes any text there, and a line break would begin a header of
/// its own.
/// </summary>
internal static class ApiKeyText
{
    private const string Advice =
        "Copy the key anew, as one line of letters, digits and signs: no quotation marks or dashes of a word processor, no line breaks.";

    /// <summary>The key without white space around it; null when there is none.</summary>
    public static string? Of(ConnectionOptions options) => options.ApiKey()?.Trim() is { Length: > 0 } key ? key : null;

    /// <exception cref="CBorgException">It cannot be sent as it is. The message does not hold it.</exception>
    public static void Check(string key)
    {
        for (int i = 0; i < key.Length; i++)
        {
            if (key[i] is < ' ' or > '~')
            {
                throw Failures.Create(
                    ErrorKind.KeyMissing,
                    string.Format(
                        CultureInfo.InvariantCulture,
                        "The API key cannot be sent: its character {0} of {1} is {2}.",
                        i + 1,
                        key.Length,
                        Name(key[i])
                    ),
                    Advice,
                    new ErrorFacts { Attempts = 0 }
                );
            }
        }
    }

    private static string Name(char c) =>
        c switch
        {
            '\r' or '\n' => "a line break",
            '\t' => "a tab",
            _ when char.IsControl(c) => "a control character, U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
            _ => "not of ASCII, U+" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
        };
}
