using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace CBorg.Emulator;

/// <summary>Tells when the process that started this one has ended, so that nothing is left behind.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends when the given process has, or else the parent of this one.</summary>
    public static Task WaitAsync(int? pid)
    {
        if (pid is { } id)
        {
            return WaitForAsync(id);
        }

        return OperatingSystem.IsLinux() ? WaitForNewParentAsync() : new TaskCompletionSource().Task;
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
        var parent = ReadParent();
        while (ReadParent() == parent)
        {
            await Task.Delay(s_interval);
        }
    }

    private static int ReadParent()
    {
        // The name, in parentheses, may have blanks and parentheses itself.
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fields[1], CultureInfo.InvariantCulture);
    }
}
