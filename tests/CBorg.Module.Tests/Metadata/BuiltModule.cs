using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CBorg.Build;
using CBorg.Build.Help;

namespace CBorg.Module.Tests.Metadata;

/// <summary>The module under test and the repository it was built from, read without an engine.</summary>
internal static class BuiltModule
{
    private static readonly Lazy<IReadOnlyList<CmdletMetadata>> s_cmdlets = new(() => ModuleMetadata.Read(File("CBorg.dll")));

    public static Repository Repository { get; } = Repository.Find(AppContext.BaseDirectory);

    public static string Folder { get; } = FindFolder();

    public static IReadOnlyList<CmdletMetadata> Cmdlets => s_cmdlets.Value;

    public static string File(params string[] parts) => Path.Combine([Folder, .. parts]);

    public static string Text(params string[] parts) => System.IO.File.ReadAllText(File(parts));

    public static string Source(params string[] parts) => System.IO.File.ReadAllText(Repository.PathOf(parts));

    /// <summary>A list of quoted names in the manifest.</summary>
    public static string[] ManifestList(string member)
    {
        Match list = Regex.Match(Text("CBorg.psd1"), $@"^\s*{member}\s*=\s*@\((?<items>[^)]*)\)", RegexOptions.Multiline);
        return [.. Regex.Matches(list.Groups["items"].Value, "'([^']*)'").Select(item => item.Groups[1].Value)];
    }

    public static string ManifestValue(string member) =>
        Regex.Match(Text("CBorg.psd1"), $@"^\s*{member}\s*=\s*'(?<value>[^']*)'", RegexOptions.Multiline).Groups["value"].Value;

    private static string FindFolder()
    {
        if (Environment.GetEnvironmentVariable("CBORG_MODULE") is { Length: > 0 } given)
        {
            return Path.GetDirectoryName(Path.GetFullPath(given))!;
        }

        DirectoryInfo built = new(Repository.PathOf("out", "CBorg"));
        return
            built.Exists
            && built.EnumerateFiles("CBorg.psd1", SearchOption.AllDirectories).MaxBy(file => file.LastWriteTimeUtc)
                is { } manifest
            ? manifest.DirectoryName!
            : throw new InvalidOperationException("The module is not built: ./build.sh build");
    }
}
