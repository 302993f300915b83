using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CBorg.Core.Store;

/// <summary>Asks Linux itself for the format of a disk. DriveInfo knows it too, but reads the list of all mounts for it,
/// which costs a new process 5 ms or more.</summary>
internal static unsafe class LinuxDisk
{
    /// <summary>More than the structure has on any machine; the format is its first word.</summary>
    private const int StatfsSize = 512;

    /// <summary>As `mount` names it; a hexadecimal number when it is none of these; null when there is no such folder.
    /// Links are followed.</summary>
    public static string? FormatOf(string folder)
    {
        byte* about = stackalloc byte[StatfsSize];
        fixed (byte* path = Encoding.UTF8.GetBytes(folder + "\0"))
        {
            return statfs(path, about) == 0 ? Name((uint)*(long*)about) : null;
        }
    }

    /// <summary>The numbers of linux/magic.h.</summary>
    private static string Name(uint format) =>
        format switch
        {
            0xEF53 => "ext4",
            0x58465342 => "xfs",
            0x9123683E => "btrfs",
            0x2FC12FC1 => "zfs",
            0xCA451A4E => "bcachefs",
            0xF2F52010 => "f2fs",
            0x3153464A => "jfs",
            0x52654973 => "reiserfs",
            0x01021994 => "tmpfs",
            0x858458F6 => "ramfs",
            0x794C7630 => "overlay",
            0xF15F => "ecryptfs",
            0x6969 => "nfs",
            0xFF534D42 or 0xFE534D42 or 0x517B => "cifs",
            0x0BD00BD0 => "lustre",
            0x47504653 => "gpfs",
            0x00C36400 => "ceph",
            0x19830326 => "beegfs",
            0x5346414F or 0x6B414653 => "afs",
            0x01021997 => "9p",
            0x65735546 => "fuse",
            _ => "0x" + format.ToString("x", CultureInfo.InvariantCulture),
        };

    [DllImport("libc")]
    private static extern int statfs(byte* path, byte* about);
}
