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
        var status = NtQueryInformationProcess(
            self.Handle,
            BasicInformation,
            out var information,
            Marshal.SizeOf<ProcessInformation>(),
            out _
        );
        return status == 0 ? (int)information.Parent : throw new Win32Exception(status);
    }

    [DllImport("ntdll")]
    private static extern int NtQueryInformationProcess(
        nint process,
        int kind,
        out ProcessInformation information,
        int length,
        out int returned
    );

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

/// <summary>Tells when the process that started this one has ended, so that nothing is left behind.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends when the given process has, or else the parent of this one.</summary>
    public static Task WaitAsync(int? pid)
    {
        if (pid is { } given)
        {
            return WaitForAsync(given);
        }

        return OperatingSystem.IsWindows() ? WaitForAsync(ParentProcess.OnWindows()) : WaitForNewParentAsync();
    }

    /// <summary>Ends at the end of standard input.</summary>
    public static Task WaitForStdinAsync() =>
        Task.Run(async () =>
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[256];
            while (await input.ReadAsync(buffer) > 0) { }
        });

    private static async Task WaitForAsync(int pid)
    {
        try
        {
            using var parent = Process.GetProcessById(pid);
            while (!parent.HasExited)
            {
                await Task.Delay(s_interval);
            }
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    /// <summary>An orphan is given to another parent.</summary>
    private static async Task WaitForNewParentAsync()
    {
        var parent = ParentProcess.OnUnix();
        while (ParentProcess.OnUnix() == parent)
        {
            await Task.Delay(s_interval);
        }
    }
}
