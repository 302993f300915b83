using System;
using System.IO;
using System.Linq;

namespace CBorg.Build;

/// <summary>Builds all projects and lays the module out as users get it: out/CBorg/&lt;version&gt;.</summary>
internal sealed class ModuleLayout(Repository repository)
{
    private static readonly string[] s_frameworks = ["net8.0", "netstandard2.0"];
    private static readonly string[] s_machines = ["win-x64", "linux-x64", "osx-arm64"];

    /// <param name="portable">For any machine; else the assemblies are compiled ahead of time for this one.</param>
    /// <param name="everything">The tests and benches too.</param>
    public int Build(bool portable = false, bool everything = false)
    {
        Console.WriteLine("Building the module; the first time takes a minute ...");
        string what = everything ? repository.PathOf("CBorg.sln") : repository.PathOf("tools", "CBorg.Build", "Module.slnf");
        Shell.MustRun(
            "dotnet",
            ["build", what, "-c", "Release", "-v", "quiet", "-nologo", "-clp:ErrorsOnly;NoSummary"],
            "The build failed; what is wrong stands above."
        );
        LayOut();
        CompileAhead(portable);

        Console.WriteLine($"Built {Path.GetRelativePath(Directory.GetCurrentDirectory(), repository.ModuleDirectory)}");
        return 0;
    }

    private void LayOut()
    {
        string module = repository.ModuleDirectory;
        if (Directory.Exists(module))
        {
            Directory.Delete(module, recursive: true);
        }

        string source = repository.PathOf("src", "CBorg");
        Copy(repository.Root, module, "CBorg.psd1", "LICENSE");
        Copy(source, module, "CBorg.Format.ps1xml", "CBorg.Types.ps1xml");
        Copy(
            repository.Output("CBorg"),
            module,
            "CBorg.dll",
            "CBorg.pdb",
            "CBorg.Abstractions.dll",
            "CBorg.Abstractions.pdb",
            "CBorg.Abstractions.xml"
        );
        foreach (string framework in s_frameworks)
        {
            CopyAssemblies(repository.Output("CBorg.Core", framework), Path.Combine(module, "lib", framework));
        }

        CopyNatives(Path.Combine(repository.Output("CBorg.Core", "net8.0"), "runtimes"), Path.Combine(module, "lib", "native"));
        Copy(repository.Output("CBorg.Loader"), Path.Combine(module, "lib", "net8.0"), "CBorg.Loader.dll", "CBorg.Loader.pdb");
        CopyTree(repository.Output("CBorg.Emulator"), repository.EmulatorDirectory);
        new HelpFile(
            repository.PathOf("docs", "help"),
            repository.PathOf("src", "CBorg", "about"),
            Path.Combine(module, "CBorg.dll")
        ).WriteTo(Path.Combine(module, "en-US"));
    }

    /// <summary>
    /// Spares a new process most of its compiling. The core is compiled for the usual machines, and the loader takes the
    /// one that fits. What PowerShell itself loads is compiled for this machine only, and
    /// not where Windows PowerShell loads the same files, which takes IL only.
    /// </summary>
    private void CompileAhead(bool portable)
    {
        if (Crossgen.Find() is not { } compiler)
        {
            Console.WriteLine(
                "The compiler for this machine cannot be had; the module works without it, a little slower at the start."
            );
            return;
        }

        string module = repository.ModuleDirectory;
        string core = Path.Combine(module, "lib", "net8.0", "CBorg.Core.dll");
        foreach (string machine in portable ? s_machines : [Crossgen.Machine])
        {
            compiler.Compile(
                core,
                Path.Combine(module, "lib", "compiled", machine, "CBorg.Core.dll"),
                machine,
                [module, Path.GetDirectoryName(core)!],
                withFrameworkGenerics: true
            );
        }

        if (portable || OperatingSystem.IsWindows())
        {
            return;
        }

        // Against PowerShell's own assemblies: code for classes that derive from its is good for that PowerShell alone.
        string compiled = repository.PathOf("artifacts", "compiled");
        foreach (
            string file in new[] { "CBorg.Abstractions.dll", "CBorg.dll", Path.Combine("lib", "net8.0", "CBorg.Loader.dll") }
        )
        {
            string faster = Path.Combine(compiled, Path.GetFileName(file));
            compiler.Compile(
                Path.Combine(module, file),
                faster,
                Crossgen.Machine,
                [module, Path.GetDirectoryName(core)!, PowerShellEngine.ToolFolder],
                withFrameworkGenerics: false
            );
            File.Copy(faster, Path.Combine(module, file), overwrite: true);
        }
    }

    /// <summary>All that the core needs beside it, but not what users hold: there is one of that, at the top.</summary>
    private static void CopyAssemblies(string from, string to) =>
        Copy(
            from,
            to,
            [
                .. Directory
                    .EnumerateFiles(from)
                    .Where(file => Path.GetExtension(file) is ".dll" or ".pdb")
                    .Select(file => Path.GetFileName(file))
                    .Where(name => !name.StartsWith("CBorg.Abstractions", StringComparison.Ordinal)),
            ]
        );

    /// <summary>One folder a kind of machine, for both worlds: what they load is the same.</summary>
    private static void CopyNatives(string from, string to)
    {
        foreach (string machine in Directory.EnumerateDirectories(from))
        {
            string native = Path.Combine(machine, "native");
            Copy(
                native,
                Path.Combine(to, Path.GetFileName(machine)),
                [.. Directory.EnumerateFiles(native).Select(file => Path.GetFileName(file))]
            );
        }
    }

    private static void Copy(string from, string to, params string[] names)
    {
        Directory.CreateDirectory(to);
        foreach (string name in names)
        {
            File.Copy(Path.Combine(from, name), Path.Combine(to, name), overwrite: true);
        }
    }

    /// <summary>All files of a folder, with those below it.</summary>
    internal static void CopyTree(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
