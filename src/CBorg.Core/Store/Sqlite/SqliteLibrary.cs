using System;
using System.IO;
using System.Runtime.InteropServices;

namespace CBorg.Core.Store.Sqlite;

/// <summary>
/// Sees to it that the native library is found. On .NET the runtime asks the load context (CBorg.Loader) or the program's
/// own list; the .NET Framework of Windows PowerShell knows neither,
/// but takes a library of that name which is loaded already.
/// </summary>
internal static unsafe class SqliteLibrary
{
    /// <summary>3.24.0, where INSERT ... ON CONFLICT DO UPDATE came. What is shipped is newer; a system's own may be
    /// older.</summary>
    private const int OldestVersion = 3024000;

    /// <summary>Throws <see cref="StoreUnavailable"/> when there is no library that serves.</summary>
    public static void Require()
    {
        try
        {
            if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
            {
                Preload();
            }

            if (SqliteNative.sqlite3_libversion_number() < OldestVersion)
            {
                throw new StoreUnavailable(StoreProblem.NoLibrary, "the SQLite of this system is too old");
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new StoreUnavailable(StoreProblem.NoLibrary, $"there is no SQLite library for this machine: {e.Message}", e);
        }
    }

    private static void Preload()
    {
        string ours = Path.GetDirectoryName(typeof(SqliteLibrary).Assembly.Location)!;
        string machine = "win-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        fixed (char* path = Path.GetFullPath(Path.Combine(ours, "..", "native", machine, "e_sqlite3.dll")))
        {
            // What this does not find, the next call does not find either, and says so.
            LoadLibraryW(path);
        }
    }

    [DllImport("kernel32", ExactSpelling = true)]
    private static extern IntPtr LoadLibraryW(char* path);
}
