using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace CBorg.Core.Store;

/// <summary>Makes folders and files that nobody else on the machine can read or change. On Windows the profile's inherited
/// rights say so already.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode FolderRights = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileRights = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>All that the group and the others may do, octal 077.</summary>
    private const UnixFileMode Others = (UnixFileMode)0x3F;

    /// <summary>Makes the folder, or takes the rights of others from one that is there. One that others use for other
    /// things is left as it is and refused.</summary>
    public static void Folder(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, FolderRights);
        }
        else if (IsOpen(path))
        {
            // CBORG_HOME may name any folder: taking /tmp or a project's folder from everybody would do harm.
            if (
                Directory
                    .EnumerateFileSystemEntries(path)
                    .Any(entry => !Path.GetFileName(entry).StartsWith("cborg", StringComparison.Ordinal))
            )
            {
                throw new StoreUnavailable(
                    StoreProblem.NotPrivate,
                    $"other users of this machine can read {path}, and it holds other things; give it to its owner alone (chmod 700) or name another folder in {CBorgHome.Variable}"
                );
            }

            Tighten(path, FolderRights);
        }
    }

    /// <summary>Makes an empty file, or takes the rights of others from one that is there.</summary>
    public static void File(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            // A file that is there is never opened here: closing it would drop the locks that SQLite holds on it in this process.
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }

        TightenFile(path);
    }

    /// <summary>Takes the rights of others from a file, if there is one.</summary>
    public static void TightenFile(string path)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && System.IO.File.Exists(path) && IsOpen(path))
        {
            Tighten(path, FileRights);
        }
    }

    private static bool IsOpen(string path) =>
        !RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        && (System.IO.File.GetUnixFileMode(path) & Others) != UnixFileMode.None;

    private static void Tighten(string path, UnixFileMode rights)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return;
        }

        try
        {
            System.IO.File.SetUnixFileMode(path, rights);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailable(
                StoreProblem.NotPrivate,
                $"other users of this machine can read {path}, and that cannot be changed: {e.Message}",
                e
            );
        }
    }
}
