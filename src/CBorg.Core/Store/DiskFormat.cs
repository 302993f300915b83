using System;
using System.IO;
using System.Runtime.InteropServices;

namespace CBorg.Core.Store;

/// <summary>
/// Which disks SQLite's locks can be relied on: those of this machine alone. A write-ahead log needs memory that all its
/// users share, which no network has; a format that is not known here counts as one.
/// </summary>
internal static class DiskFormat
{
    private const string Network = "network";

    /// <param name="format">As the system names it; null when it names none.</param>
    public static bool IsLocal(string? format) =>
        format?.ToLowerInvariant()
            is "apfs"
                or "bcachefs"
                or "btrfs"
                or "ecryptfs"
                or "exfat"
                or "ext4"
                or "f2fs"
                or "fat32"
                or "hfs"
                or "hfsplus"
                or "jfs"
                or "msdos"
                or "ntfs"
                or "overlay"
                or "ramfs"
                or "refs"
                or "reiserfs"
                or "tmpfs"
                or "ufs"
                or "xfs"
                or "zfs";

    /// <summary>The format of the disk that a folder is on; "network" for a share of another machine, null when the system
    /// does not say.</summary>
    public static string? Of(string folder)
    {
        try
        {
            return RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? LinuxDisk.FormatOf(folder)
                : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? WindowsFormat(Path.GetPathRoot(folder)!)
                : new DriveInfo(folder).DriveFormat;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    private static string WindowsFormat(string root)
    {
        // \\server\share is no drive; \\?\C:\ is one, but nobody names a home so.
        if (root.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return Network;
        }

        DriveInfo drive = new(root);
        return drive.DriveType == DriveType.Network ? Network : drive.DriveFormat;
    }
}
