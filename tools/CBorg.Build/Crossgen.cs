using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace CBorg.Build;

/// <summary>The framework's compiler of assemblies ahead of time, in the version of the runtime that this runs on. It
/// compiles for any system and processor.</summary>
internal sealed class Crossgen
{
    private readonly string _program;

    private Crossgen(string program) => _program = program;

    public static string Machine { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <returns>Null: it cannot be had for this machine.</returns>
    public static Crossgen? Find()
    {
        string tools = Path.Combine(
            PowerShellEngine.PackageFolder,
            "microsoft.netcore.app.crossgen2." + Machine,
            BuildMetadata.Of("CrossgenVersion"),
            "tools"
        );
        foreach (string name in new[] { "crossgen2.dll", "crossgen2", "crossgen2.exe" })
        {
            if (File.Exists(Path.Combine(tools, name)))
            {
                return new Crossgen(Path.Combine(tools, name));
            }
        }

        return null;
    }

    /// <param name="assembly">What to compile.</param>
    /// <param name="output">Where to.</param>
    /// <param name="machine">What for: <c>linux-x64</c>, <c>win-x64</c> ...</param>
    /// <param name="references">Folders of what it refers to, beside the framework.</param>
    /// <param name="withFrameworkGenerics">
    /// Whether the framework's generics over its own types are compiled too, which a first call would have to do. The
    /// runtime compares the framework's code with what was compiled, and compiles anew
    /// where it differs.
    /// </param>
    public void Compile(
        string assembly,
        string output,
        string machine,
        IEnumerable<string> references,
        bool withFrameworkGenerics
    )
    {
        string[] target = machine.Split('-');
        List<string> arguments =
        [
            assembly,
            "-o",
            output,
            "-O",
            "--targetos",
            target[0] switch
            {
                "win" => "windows",
                string other => other,
            },
            "--targetarch",
            target[1],
            "-r",
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll"),
        ];
        foreach (string folder in references)
        {
            arguments.AddRange(["-r", Path.Combine(folder, "*.dll")]);
        }

        if (withFrameworkGenerics)
        {
            arguments.AddRange(["--opt-cross-module:*", "--non-local-generics-module:*"]);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        bool isAssembly = _program.EndsWith(".dll", StringComparison.Ordinal);
        Shell.MustRun(
            isAssembly ? "dotnet" : _program,
            isAssembly ? [_program, .. arguments] : arguments,
            $"{Path.GetFileName(assembly)} could not be compiled for {machine}."
        );
    }
}
