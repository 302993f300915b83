using System;
using System.IO;
using CBorg.Build;

namespace CBorg.Module.Tests.Engine;

/// <summary>The built module under test: what CBORG_MODULE names, else what the build task laid out. The engine loads it as
/// users do; no test refers to its assemblies.</summary>
internal static class TestModule
{
    /// <summary>CBorg.psd1.</summary>
    public static string Manifest { get; } = Find();

    public static string Folder => Path.GetDirectoryName(Manifest)!;

    private static string Find()
    {
        string manifest = Environment.GetEnvironmentVariable("CBORG_MODULE") is { Length: > 0 } given
            ? given
            : Repository.Find(AppContext.BaseDirectory).ModuleManifest;
        return File.Exists(manifest)
            ? manifest
            : throw new FileNotFoundException("The module is not built: ./build.sh build", manifest);
    }
}
