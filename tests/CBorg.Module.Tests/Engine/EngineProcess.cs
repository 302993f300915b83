using System;
using System.Diagnostics;
using System.Threading.Tasks;
using CBorg.Build;

namespace CBorg.Module.Tests.Engine;

/// <summary>A PowerShell of its own, for what stays in a process once it is loaded.</summary>
internal static class EngineProcess
{
    private static readonly PowerShellEngine s_engine = PowerShellEngine.Find();

    /// <summary>Runs a script to which $module is the module under test.</summary>
    /// <returns>All that it wrote, errors last, with single blanks between the words.</returns>
    public static async Task<string> RunAsync(string script)
    {
        string command = $"$module = '{TestModule.Manifest}'; {script}";
        ProcessStartInfo start = new(
            s_engine.Program,
            s_engine.With("-NoLogo", "-NoProfile", "-NonInteractive", "-Command", command)
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return string.Join(' ', (output + await errors).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
