using System;
using System.IO;
using System.IO.Compression;

namespace CBorg.Build;

/// <summary>Packs the built module into a zip that unpacks into any folder of $env:PSModulePath.</summary>
internal sealed class Package(Repository repository)
{
    public int Pack()
    {
        new ModuleLayout(repository).Build(portable: true);
        string archive = repository.PathOf("out", $"CBorg-{repository.Version}.zip");
        File.Delete(archive);
        ZipFile.CreateFromDirectory(repository.PathOf("out", "CBorg"), archive, CompressionLevel.SmallestSize, includeBaseDirectory: true);
        Console.WriteLine($"Packed {Path.GetRelativePath(Directory.GetCurrentDirectory(), archive)}, {new FileInfo(archive).Length / 1024} KB");
        return 0;
    }
}
