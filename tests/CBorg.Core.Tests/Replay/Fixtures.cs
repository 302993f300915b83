using System;
using System.IO;

namespace CBorg.Core.Tests.Replay;

/// <summary>Where the shared fixtures are.</summary>
internal static class Fixtures
{
    public static string Root { get; } = Path.Combine(Repository(), "tests", "fixtures");

    public static string Recordings { get; } = Path.Combine(Root, "recordings");

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CBorg.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
