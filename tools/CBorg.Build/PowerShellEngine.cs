using System;
using System.Collections.Generic;
using System.IO;

namespace CBorg.Build;

/// <summary>The PowerShell that runs scripts, tests and benches: what CBORG_PWSH names, else the one on PATH, else the .NET
/// tool of the manifest.</summary>
/// <param name="Program">What to start.</param>
/// <param name="Prefix">What stands before PowerShell's own arguments.</param>
/// <param name="Version">As far as it is known.</param>
/// <param name="IsTool">Whether it is the .NET tool, whose assemblies are not compiled ahead.</param>
internal sealed record PowerShellEngine(string Program, IReadOnlyList<string> Prefix, string Version, bool IsTool)
{
    /// <summary>The version in .config/dotnet-tools.json and of the SDK package.</summary>
    public const string ToolVersion = "7.6.9";

    /// <summary>Where NuGet keeps packages, as the build knows it.</summary>
    public static string PackageFolder { get; } = BuildMetadata.Of("NuGetPackageRoot");

    /// <summary>The folder of the .NET tool's PowerShell.</summary>
    public static string ToolFolder { get; } =
        Path.Combine(
            PackageFolder,
            "powershell",
            ToolVersion,
            "tools",
            "net10.0",
            "any",
            OperatingSystem.IsWindows() ? "win" : "unix"
        );

    /// <exception cref="BuildException">There is none.</exception>
    public static PowerShellEngine Find()
    {
        if (Environment.GetEnvironmentVariable("CBORG_PWSH") is { Length: > 0 } given)
        {
            return File.Exists(given) ? Of(given) : throw new BuildException($"CBORG_PWSH names {given}, which is not there.");
        }

        return Shell.OnPath("pwsh") is { } found ? new PowerShellEngine(found, [], "of this machine", false) : Tool();
    }

    /// <summary>The .NET tool, whatever else there is.</summary>
    /// <exception cref="BuildException">It has not been restored.</exception>
    public static PowerShellEngine Tool()
    {
        string program = Path.Combine(ToolFolder, "pwsh.dll");
        return File.Exists(program)
            ? Of(program)
            : throw new BuildException(
                $"There is no PowerShell 7 on PATH, and the .NET tool is not restored: dotnet tool restore ({program})."
            );
    }

    public IReadOnlyList<string> With(params string[] arguments) => [.. Prefix, .. arguments];

    /// <summary>A program, or an assembly that dotnet runs.</summary>
    public static PowerShellEngine Of(string path) =>
        path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new PowerShellEngine("dotnet", [path], ToolVersion, true)
            : new PowerShellEngine(path, [], "of CBORG_PWSH", false);
}
