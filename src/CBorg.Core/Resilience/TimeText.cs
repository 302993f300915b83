using System;
using System.Globalization;
using static System.FormattableString;

namespace CBorg.Core.Resilience;

/// <summary>Times as people read them.</summary>
internal static class TimeText
{
    /// <summary>
    /// A duration in the unit that suits it: <c>0.8 s</c>, <c>90 s</c>, <c>12 min</c>, <c>3 h 20 min</c>. Never shorter than it
    /// is.
    /// </summary>
    public static string Duration(TimeSpan span)
    {
        if (span < TimeSpan.FromSeconds(10))
        {
            return string.Format(CultureInfo.InvariantCulture, "{0:0.#} s", Math.Max(0, span.TotalSeconds));
        }

        if (span <= TimeSpan.FromSeconds(120))
        {
            return Invariant($"{Math.Ceiling(span.TotalSeconds)} s");
        }

        long minutes = (long)Math.Ceiling(span.TotalMinutes);
        return minutes < 60 ? Invariant($"{minutes} min")
            : minutes % 60 == 0 ? Invariant($"{minutes / 60} h")
            : Invariant($"{minutes / 60} h {minutes % 60} min");
    }

    /// <summary>A moment of local time: <c>14:02</c>, with its date where that is not today's.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now)
    {
        DateTimeOffset local = at.ToLocalTime();
        return local.ToString(local.Date == now.ToLocalTime().Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
