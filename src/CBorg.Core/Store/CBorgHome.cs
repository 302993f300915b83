using System;
using System.IO;
using System.Runtime.InteropServices;

namespace CBorg.Core.Store;

/// <summary>
/// The folder for what must last between processes: CBORG_HOME, else the place that the system has for a user's own data.
/// What the module puts there has a name that begins with "cborg".
/// </summary>
internal static class CBorgHome
{
    public const string Variable = "CBORG_HOME";

    /// <summary>The full path for this user and process. Nothing is made there yet.</summary>
    public static string Folder => For(System, Environment.GetEnvironmentVariable, Environment.GetFolderPath);

    private static OSPlatform System =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? OSPlatform.Windows
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? OSPlatform.OSX
        : OSPlatform.Linux;

    /// <param name="system">Linux stands for every other Unix.</param>
    /// <param name="variable">A variable of the environment by its name; null when it is not set.</param>
    /// <param name="known">The system's folders; empty when there is none, as for a user without a home.</param>
    public static string For(OSPlatform system, Func<string, string?> variable, Func<Environment.SpecialFolder, string> known)
    {
        if (variable(Variable) is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        if (system == OSPlatform.Windows)
        {
            return Path.Combine(Existing(known(Environment.SpecialFolder.LocalApplicationData)), "CBorg");
        }

        string home = variable("HOME") is { Length: > 0 } said ? said : known(Environment.SpecialFolder.UserProfile);
        if (system == OSPlatform.OSX)
        {
            return Path.Combine(Existing(home), "Library", "Application Support", "CBorg");
        }

        // The XDG specification: a relative path in the variable is invalid and to be ignored.
        return variable("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathRooted(state)
            ? Path.Combine(state, "cborg")
            : Path.Combine(Existing(home), ".local", "state", "cborg");
    }

    private static string Existing(string folder) =>
        folder.Length > 0
            ? folder
            : throw new StoreUnavailable(StoreProblem.NotWritable, $"this user has no home folder; set {Variable}");
}
