using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CBorg.Build;

/// <summary>The tour: builds the module, starts the offline CBorg with fresh keys, runs examples/tour.ps1 in PowerShell (without one, the same tour as a console program), and stops it again.</summary>
internal sealed class Demo(Repository repository)
{
    public int Run()
    {
        new ModuleLayout(repository).Build();
        string emulator = System.IO.Path.Combine(repository.EmulatorDirectory, "CBorg.Emulator.dll");
        using Process offline = Shell.Start(
            "dotnet", [emulator, "--port", "0", "--latency", "250", "--tokens-per-second", "60", "--parent-pid", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)], null, redirect: true);
        try
        {
            JsonNode greeting = JsonNode.Parse(offline.StandardOutput.ReadLine() ?? throw new BuildException("The emulator did not start."))!;
            Dictionary<string, string> environment = new()
            {
                ["CBORG_BASE_URL"] = greeting["url"]!.GetValue<string>(),
                ["CBORG_API_KEY"] = greeting["keys"]!["personal"]!.GetValue<string>(),
                ["CBORG_MODULE"] = repository.ModuleManifest,
            };
            return Shell.PowerShell is { } pwsh
                ? Shell.Run(pwsh, ["-NoLogo", "-NoProfile", "-File", repository.PathOf("examples", "tour.ps1")], environment)
                : WithoutPowerShell(environment);
        }
        finally
        {
            offline.Kill();
            offline.WaitForExit();
        }
    }

    private int WithoutPowerShell(Dictionary<string, string> environment)
    {
        Console.WriteLine("There is no PowerShell 7 on this machine (https://aka.ms/powershell). This is the same tour through CBorg.Core, without cmdlets.");
        return Shell.Run("dotnet", ["run", "--project", repository.PathOf("tools", "CBorg.Tour"), "-c", "Release", "-v", "quiet"], environment);
    }
}
