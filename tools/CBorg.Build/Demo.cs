using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CBorg.Build;

/// <summary>The tour: builds the module, starts the offline CBorg with fresh keys, runs examples/tour.ps1 in PowerShell,
/// and stops it again.</summary>
internal sealed class Demo(Repository repository)
{
    public int Run()
    {
        PowerShellEngine engine = PowerShellEngine.Find();
        new ModuleLayout(repository).Build();
        string emulator = System.IO.Path.Combine(repository.EmulatorDirectory, "CBorg.Emulator.dll");
        using Process offline = Shell.Start(
            "dotnet",
            [
                emulator,
                "--port",
                "0",
                "--latency",
                "250",
                "--tokens-per-second",
                "60",
                "--parent-pid",
                Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ],
            null,
            redirect: true
        );
        try
        {
            JsonNode greeting = JsonNode.Parse(
                offline.StandardOutput.ReadLine() ?? throw new BuildException("The emulator did not start.")
            )!;
            Dictionary<string, string> environment = new()
            {
                ["CBORG_BASE_URL"] = greeting["url"]!.GetValue<string>(),
                ["CBORG_API_KEY"] = greeting["keys"]!["personal"]!.GetValue<string>(),
                ["CBORG_MODULE"] = repository.ModuleManifest,
            };
            return Shell.Run(
                engine.Program,
                engine.With("-NoLogo", "-NoProfile", "-File", repository.PathOf("examples", "tour.ps1")),
                environment
            );
        }
        finally
        {
            offline.Kill();
            offline.WaitForExit();
        }
    }
}
