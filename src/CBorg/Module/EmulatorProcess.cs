using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;

namespace CBorg.Module;

/// <summary>The emulators that this process started.</summary>
internal static class EmulatorProcess
{
    private static readonly ConcurrentDictionary<int, Process> s_running = new();

    public static string ProgramPath => Path.Combine(CoreAssembly.ModuleDirectory, "emulator", "CBorg.Emulator.dll");

    public static Process Start(string arguments)
    {
        ProcessStartInfo start = new("dotnet", $"\"{ProgramPath}\" {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

        // The emulator has no business with the real key.
        start.Environment.Remove(EnvironmentOptions.KeyVariable);
        Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        s_running[process.Id] = process;
        return process;
    }

    public static bool Stop(int id)
    {
        if (!s_running.TryRemove(id, out Process? process))
        {
            return false;
        }

        using (process)
        {
            try
            {
                process.Kill();
                process.WaitForExit(5000);
            }
            catch (InvalidOperationException)
            {
                // It has already ended.
            }
        }

        return true;
    }

    public static void StopAll()
    {
        foreach (int id in s_running.Keys)
        {
            Stop(id);
        }
    }
}
