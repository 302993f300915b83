using System;
using System.IO;

namespace CBorg.Core.Store;

/// <summary>Makes the store's folder and file, or sees whether those that are there will do.</summary>
internal static class StoreFile
{
    /// <summary>What SQLite keeps beside its file. It gives them the file's rights when it makes them.</summary>
    private static readonly string[] s_beside = ["-wal", "-shm", "-journal"];

    /// <param name="file">The full path.</param>
    /// <param name="formatOf">Tells the format of the disk that a folder is on.</param>
    /// <exception cref="StoreUnavailable">The disk may be other machines' too, the file other users', or it cannot be
    /// made.</exception>
    public static void Prepare(string file, Func<string, string?> formatOf)
    {
        string folder = Path.GetDirectoryName(file)!;
        try
        {
            OwnerOnly.Folder(folder);
            RequireLocal(folder, formatOf(folder));
            OwnerOnly.File(file);
            foreach (string ending in s_beside)
            {
                OwnerOnly.TightenFile(file + ending);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StoreUnavailable(StoreProblem.NotWritable, $"{folder} cannot be written: {e.Message}", e);
        }
    }

    private static void RequireLocal(string folder, string? format)
    {
        if (!DiskFormat.IsLocal(format))
        {
            throw new StoreUnavailable(
                StoreProblem.NotLocal,
                $"{folder} is on a disk that other machines may use ({format ?? "unknown"}); name a folder on a local one in {CBorgHome.Variable}"
            );
        }
    }
}
