using System;
using System.Globalization;

namespace CBorg.Emulator.Info;

/// <summary>Times in the two forms that LiteLLM writes.</summary>
internal static class Times
{
    /// <summary>As Python's isoformat: 2026-12-01T00:00:00+00:00.</summary>
    public static string? Iso(DateTimeOffset? time) => time is { } t ? Text(t) + "+00:00" : null;

    /// <summary>As pydantic: 2026-12-01T00:00:00Z.</summary>
    public static string? Zulu(DateTimeOffset? time) => time is { } t ? Text(t) + "Z" : null;

    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly? ParseDate(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static string Text(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var fraction = utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : ".ffffff";
        return utc.ToString("yyyy-MM-ddTHH:mm:ss" + fraction, CultureInfo.InvariantCulture);
    }
}
