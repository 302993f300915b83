using System;
using System.IO;

namespace CBorg.Emulator.Tests;

/// <summary>Folders of the repository, found upwards from where the tests run.</summary>
internal static class RepositoryFolder
{
    /// <exception cref="DirectoryNotFoundException">There is no such folder above the tests.</exception>
    public static string Find(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine([folder.FullName, .. path]);
            if (Directory.Exists(found))
            {
                return found;
            }
        }

        throw new DirectoryNotFoundException($"{string.Join('/', path)} is nowhere above the tests.");
    }
}
