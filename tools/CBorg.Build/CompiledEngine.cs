using System;
using System.IO;

namespace CBorg.Build;

/// <summary>
/// A copy of the .NET tool's PowerShell whose assemblies are compiled ahead of time, as those of an installed one are:
/// without it every measurement of a new process would be one of the compiler.
/// Made once, kept in artifacts/.
/// </summary>
internal sealed class CompiledEngine(Repository repository)
{
    // Those in which a start spends its time.
    private static readonly string[] s_assemblies =
    [
        "System.Management.Automation",
        "Microsoft.PowerShell.ConsoleHost",
        "Microsoft.PowerShell.Commands.Utility",
        "Microsoft.PowerShell.Commands.Management",
        "Microsoft.PowerShell.Security",
        "Newtonsoft.Json",
    ];

    /// <returns>The engine for measurements, and what to tell of it.</returns>
    public (PowerShellEngine Engine, string Told) Find()
    {
        PowerShellEngine engine = PowerShellEngine.Find();
        if (!engine.IsTool)
        {
            return (engine, $"PowerShell {engine.Version} ({engine.Program}), as it is installed");
        }

        string folder = repository.PathOf("artifacts", "engine", PowerShellEngine.ToolVersion);
        string program = Path.Combine(folder, "pwsh.dll");
        if (!File.Exists(Path.Combine(folder, "compiled")))
        {
            if (Crossgen.Find() is not { } compiler)
            {
                return (
                    engine,
                    $"PowerShell {engine.Version}, the .NET tool, NOT compiled ahead: the compiler for this machine cannot be had. Cold figures mean little"
                );
            }

            Make(folder, compiler);
        }

        return (
            PowerShellEngine.Of(program),
            $"PowerShell {PowerShellEngine.ToolVersion}, the .NET tool, {s_assemblies.Length} of its assemblies compiled ahead in artifacts/engine"
        );
    }

    private static void Make(string folder, Crossgen compiler)
    {
        Console.WriteLine("Compiling PowerShell's assemblies ahead of time, once; it takes half a minute ...");
        ModuleLayout.CopyTree(PowerShellEngine.ToolFolder, folder);
        foreach (string name in s_assemblies)
        {
            string file = name + ".dll";
            compiler.Compile(
                Path.Combine(PowerShellEngine.ToolFolder, file),
                Path.Combine(folder, file),
                Crossgen.Machine,
                [PowerShellEngine.ToolFolder],
                withFrameworkGenerics: false
            );
        }

        File.WriteAllText(Path.Combine(folder, "compiled"), "");
    }
}
