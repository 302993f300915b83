using System;
using System.Globalization;
using System.Text.RegularExpressions;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>
/// Finds how long a server asks to wait, in any of the forms seen: <c>retry-after-ms</c>, <c>retry-after</c> as integer, float
/// or date, <c>llm_provider-retry-after</c>, Cloudflare's <c>retry_after</c>, or words in the message. A date is measured from
/// the reply's own, so that a wrong clock on either side does no harm.
/// </summary>
internal static class RetryAfter
{
    private static readonly Regex s_words = new(
        @"(?:try again|retry) (?:in|after):? (?:(?<h>[0-9]+)h)?(?:(?<m>[0-9]+)m(?!s|in))?"
            + @"(?:(?<n>[0-9]+(?:\.[0-9]+)?)\s*(?<u>ms|milli|s\b|sec|min|hour)?)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    // HTTP's own form, and the two old ones that a reader has to take.
    private static readonly string[] s_dates = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    public static TimeSpan? Read(ReplyHeaders headers, ErrorBody body, DateTimeOffset clock)
    {
        DateTimeOffset now = Date(headers["date"]) ?? clock;
        return Seconds(headers["retry-after-ms"], 0.001)
            ?? SecondsOrDate(headers["retry-after"], now)
            ?? Seconds(headers["llm_provider-retry-after-ms"], 0.001)
            ?? SecondsOrDate(headers["llm_provider-retry-after"], now)
            ?? (body.EdgeRetryAfter is { } edge ? Span(edge) : null)
            ?? Words(body.Message);
    }

    private static TimeSpan? SecondsOrDate(string? text, DateTimeOffset now) =>
        Seconds(text, 1)
        ?? (
            Date(text) is { } date
                ? date > now
                    ? date - now
                    : TimeSpan.Zero
                : null
        );

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(
            text?.Trim(),
            s_dates,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite,
            out DateTimeOffset date
        )
            ? date
            : null;

    private static TimeSpan? Seconds(string? text, double unit) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? Span(value * unit) : null;

    private static TimeSpan? Words(string message)
    {
        Match match = s_words.Match(message);
        if (!match.Success)
        {
            return null;
        }

        if (!match.Groups["h"].Success && !match.Groups["m"].Success && !match.Groups["n"].Success)
        {
            return null;
        }

        double unit = match.Groups["u"].Value.ToUpperInvariant() switch
        {
            "MS" or "MILLI" => 0.001,
            "MIN" => 60,
            "HOUR" => 3600,
            _ => 1,
        };
        return Span((Number(match, "h") * 3600) + (Number(match, "m") * 60) + (Number(match, "n") * unit));
    }

    private static double Number(Match match, string group) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    // Negative or absurd figures are no figures.
    private static TimeSpan? Span(double seconds) => seconds is >= 0 and < 1e7 ? TimeSpan.FromSeconds(seconds) : null;
}
