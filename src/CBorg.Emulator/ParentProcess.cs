using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CBorg.Emulator;

/// <summary>The id of this process's parent, which .NET itself does not tell.</summary>
internal static class ParentProcess
{
    private const int BasicInformation = 0;

    [DllImport("libc", EntryPoint = "getppid")]
    public static extern int OnUnix();

    public static int OnWindows()
    {
        using var self = Process.GetCurrentProcess();
        var status = NtQueryInformationProcess(self.Handle, BasicInformation, out var information, Marshal.SizeOf<ProcessInformation>(), out _);
        return status == 0 ? (int)information.Parent : throw new Win32Exception(status);
    }

    [DllImport("ntdll")]
    private static extern int NtQueryInformationProcess(nint process, int kind, out ProcessInformation information, int length, out int returned);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ProcessInformation
    {
        public readonly nint ExitStatus;
        public readonly nint Peb;
        public readonly nint Affinity;
        public readonly nint Priority;
        public readonly nint Id;
        public readonly nint Parent;
    }
}
