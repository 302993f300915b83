using System;
using System.IO;
using System.Linq;

namespace CBorg.Build;

/// <summary>Builds all projects and lays the module out as users get it: out/CBorg/&lt;version&gt;.</summary>
internal sealed class ModuleLayout(Repository repository)
{
    private static readonly string[] s_frameworks = ["net8.0", "netstandard2.0"];

    public int Build()
    {
        Shell.MustRun("dotnet", ["build", repository.PathOf("CBorg.sln"), "-c", "Release", "-v", "quiet", "-nologo", "-clp:NoSummary"], "The build failed; what is wrong stands above.");
        LayOut();
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
        Copy(repository.Output("CBorg"), module, "CBorg.dll", "CBorg.pdb", "CBorg.Abstractions.dll", "CBorg.Abstractions.pdb", "CBorg.Abstractions.xml");
        foreach (string framework in s_frameworks)
        {
            CopyAssemblies(repository.Output("CBorg.Core", framework), Path.Combine(module, "lib", framework));
        }

        Copy(repository.Output("CBorg.Loader"), Path.Combine(module, "lib", "net8.0"), "CBorg.Loader.dll", "CBorg.Loader.pdb");
        CopyTree(repository.Output("CBorg.Emulator"), Path.Combine(module, "emulator"));
        new HelpFile(repository.PathOf("docs", "help"), repository.PathOf("src", "CBorg", "about"), Path.Combine(module, "CBorg.dll")).WriteTo(Path.Combine(module, "en-US"));
    }

    /// <summary>All that the core needs beside it, but not what users hold: there is one of that, at the top.</summary>
    private static void CopyAssemblies(string from, string to) =>
        Copy(from, to, [.. Directory.EnumerateFiles(from).Where(file => Path.GetExtension(file) is ".dll" or ".pdb").Select(file => Path.GetFileName(file)).Where(name => !name.StartsWith("CBorg.Abstractions", StringComparison.Ordinal))]);

    private static void Copy(string from, string to, params string[] names)
    {
        Directory.CreateDirectory(to);
        foreach (string name in names)
        {
            File.Copy(Path.Combine(from, name), Path.Combine(to, name), overwrite: true);
        }
    }

    private static void CopyTree(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
