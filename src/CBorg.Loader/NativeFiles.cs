using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace CBorg.Loader;

/// <summary>Where a native library may be: the module's own for this machine, and on Linux the system's SQLite for those
/// whose C library is older than ours asks for.</summary>
internal static class NativeFiles
{
    private const string Sqlite = "e_sqlite3";
    private const string SystemSqlite = "libsqlite3.so.0";

    /// <param name="directory">The folder that holds one folder a kind of machine.</param>
    /// <param name="name">As it stands in the code: without prefix or ending.</param>
    public static IEnumerable<string> For(string directory, string name)
    {
        yield return Path.Combine(directory, Machine, FileName(name));
        if (OperatingSystem.IsLinux() && name == Sqlite)
        {
            yield return SystemSqlite;
        }
    }

    private static string Machine => $"{System}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    private static string System =>
        OperatingSystem.IsWindows() ? "win"
        : OperatingSystem.IsMacOS() ? "osx"
        : IsMusl ? "linux-musl"
        : "linux";

    /// <summary>The runtime is built for the one C library or the other; a distribution's own build goes by the
    /// distribution's name.</summary>
    private static bool IsMusl =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? name + ".dll"
        : OperatingSystem.IsMacOS() ? $"lib{name}.dylib"
        : $"lib{name}.so";
}
