using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>Runs a script in a new PowerShell that prints one number as its last line.</summary>
internal static class PowerShellRun
{
    /// <summary>The built module, as build.sh says.</summary>
    public static string Module =>
        Environment.GetEnvironmentVariable("CBORG_MODULE")
        ?? throw new InvalidOperationException("Run the bench by ./build.sh bench.");

    /// <summary>What runs it: a program, or an assembly that dotnet runs.</summary>
    private static string Engine =>
        Environment.GetEnvironmentVariable("CBORG_BENCH_ENGINE")
        ?? throw new InvalidOperationException("Run the bench by ./build.sh bench.");

    public static async Task<double> NumberAsync(string script, params (string Name, string Value)[] environment)
    {
        bool isAssembly = Engine.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        string[] arguments = ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script];
        ProcessStartInfo start = new(isAssembly ? "dotnet" : Engine, isAssembly ? [Engine, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
        };
        start.Environment["NO_COLOR"] = "1";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 0 && double.TryParse(lines[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new InvalidOperationException($"PowerShell printed no number: {output}");
    }
}
