using System;
using System.Globalization;

namespace CBorg.Emulator.Server;

/// <summary>Times as Python's str(datetime) and isoformat() write them.</summary>
internal static class PythonTime
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture);
}
