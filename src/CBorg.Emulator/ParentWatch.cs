using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace CBorg.Emulator;

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
    public static Task WaitForStdinAsync() => Task.Run(async () =>
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer) > 0)
        {
        }
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
