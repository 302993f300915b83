using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace CBorg.Build;

/// <summary>Packs the built module into a zip that unpacks into any folder of $env:PSModulePath.</summary>
internal sealed class Package(Repository repository)
{
    private const string NoEmulator = "--no-emulator";

    /// <param name="arguments">--no-emulator leaves out the emulator's folder, which only Start-CBorgEmulator needs.</param>
    public int Pack(IReadOnlyList<string> arguments)
    {
        if (arguments.FirstOrDefault(argument => argument != NoEmulator) is { } unknown)
        {
            throw new BuildException($"Pack takes {NoEmulator} alone, not '{unknown}'.");
        }

        bool whole = arguments.Count == 0;
        new ModuleLayout(repository).Build(portable: true);
        string archive = repository.PathOf("out", $"CBorg-{repository.Version}{(whole ? "" : "-no-emulator")}.zip");
        Write(
            archive,
            whole
                ? _ => true
                : file => !file.StartsWith(repository.EmulatorDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        );
        Console.WriteLine(
            $"Packed {Path.GetRelativePath(Directory.GetCurrentDirectory(), archive)}, {new FileInfo(archive).Length / 1024} KB"
        );
        return 0;
    }

    private void Write(string archive, Func<string, bool> wanted)
    {
        File.Delete(archive);
        using ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Create);
        foreach (
            string file in Directory
                .EnumerateFiles(repository.PathOf("out", "CBorg"), "*", SearchOption.AllDirectories)
                .Where(wanted)
                .Order()
        )
        {
            string name = Path.GetRelativePath(repository.PathOf("out"), file).Replace(Path.DirectorySeparatorChar, '/');
            zip.CreateEntryFromFile(file, name, CompressionLevel.SmallestSize);
        }
    }
}
