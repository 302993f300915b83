using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace CBorg.Module.Tests.Engine;

/// <summary>A PowerShell of its own, for what stays in a process once it is loaded.</summary>
internal static class EngineProcess
{
    /// <summary>Runs a script to which $module is the module under test.</summary>
    /// <returns>All that it wrote, errors last, with single blanks between the words.</returns>
    public static async Task<string> RunAsync(string script)
    {
        string program = Path.Combine(EngineHome.Folder!, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        ProcessStartInfo start = new(program, ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", $"$module = '{EngineHome.Module}'; {script}"])
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
