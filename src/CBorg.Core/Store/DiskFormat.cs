using System;
using System.Collections.Generic;
using System.IO;

namespace CBorg.Core.Store;

/// <summary>
/// Which disks SQLite's locks can be relied on: those of this machine alone. A write-ahead log needs memory that all its users share, which no network has; a format that is not known here counts as one.
/// </summary>
internal static class DiskFormat
{
    private static readonly HashSet<string> s_local = new(StringComparer.OrdinalIgnoreCase)
    {
        "apfs", "aufs", "bcachefs", "btrfs", "ecryptfs", "exfat", "ext2", "ext2/ext3", "ext3", "ext4", "f2fs", "fat32", "hfs", "hfsplus", "jfs", "msdos", "nilfs",
        "ntfs", "ntfs3", "overlay", "overlayfs", "ramfs", "refs", "reiserfs", "tmpfs", "ufs", "ufs2", "vfat", "xfs", "zfs",
    };

    /// <param name="format">As the system names it; null when it names none.</param>
    public static bool IsLocal(string? format) => format is not null && s_local.Contains(format);

    /// <summary>The format of the disk that a folder is on, as the system names it; "network" for a share of another machine, null when the system does not say.</summary>
    public static string? Of(string folder)
    {
        try
        {
            DriveInfo drive = new(Path.DirectorySeparatorChar == '\\' ? Path.GetPathRoot(folder)! : folder);
            return drive.DriveType == DriveType.Network && IsLocal(drive.DriveFormat) ? "network" : drive.DriveFormat;
        }
        catch (ArgumentException)
        {
            // What begins with two backslashes is no drive.
            return "network";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
