using System;
using System.Collections.Generic;
using System.IO;

namespace CBorg.Bench;

/// <summary>A built module that is measured: this repository's, and an older one beside it where <c>--against</c> names
/// it.</summary>
internal sealed record BenchModule(string Manifest, string Suffix)
{
    private static readonly List<BenchModule> s_all = [new(PowerShellRun.Module, "")];

    public static IReadOnlyList<BenchModule> All => s_all;

    public string Folder => Path.GetDirectoryName(Path.GetFullPath(Manifest))!;

    /// <summary>Measures another one in the same run.</summary>
    /// <param name="path">Its folder or its manifest.</param>
    public static void Against(string path)
    {
        string manifest = Directory.Exists(path) ? Path.Combine(path, "CBorg.psd1") : path;
        s_all.Add(
            File.Exists(manifest)
                ? new BenchModule(manifest, ", the other module")
                : throw new ArgumentException($"There is no module at '{path}'.")
        );
    }

    /// <summary>Goals are this repository's.</summary>
    public string Goal(string goal) => Suffix.Length == 0 ? goal : "-";
}
