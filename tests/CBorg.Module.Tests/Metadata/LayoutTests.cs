using System;
using System.IO;
using System.Linq;
using Xunit;

namespace CBorg.Module.Tests.Metadata;

public sealed class LayoutTests
{
    [Fact]
    public void The_top_holds_what_the_default_context_may_load() =>
        AssertHolds(
            "",
            "CBorg.Abstractions.dll",
            "CBorg.Abstractions.pdb",
            "CBorg.Abstractions.xml",
            "CBorg.Format.ps1xml",
            "CBorg.Types.ps1xml",
            "CBorg.dll",
            "CBorg.pdb",
            "CBorg.psd1",
            "LICENSE",
            "emulator/",
            "en-US/",
            "lib/"
        );

    [Fact]
    public void There_is_a_core_for_each_world() => AssertHolds("lib", "compiled/", "native/", "net8.0/", "netstandard2.0/");

    [Fact]
    public void There_is_a_SQLite_for_each_machine()
    {
        AssertHolds(
            "lib/native",
            "linux-arm64/",
            "linux-musl-x64/",
            "linux-x64/",
            "osx-arm64/",
            "osx-x64/",
            "win-arm64/",
            "win-x64/"
        );
        foreach (
            string machine in Directory
                .EnumerateDirectories(BuiltModule.File("lib", "native"))
                .Select(folder => Path.GetFileName(folder))
        )
        {
            AssertHolds(
                "lib/native/" + machine,
                machine.Split('-')[0] switch
                {
                    "win" => "e_sqlite3.dll",
                    "osx" => "libe_sqlite3.dylib",
                    _ => "libe_sqlite3.so",
                }
            );
        }
    }

    [Fact]
    public void The_core_of_PowerShell_7_brings_little() =>
        AssertHolds(
            "lib/net8.0",
            "CBorg.Core.dll",
            "CBorg.Core.pdb",
            "CBorg.Loader.dll",
            "CBorg.Loader.pdb",
            "System.Numerics.Tensors.dll"
        );

    [Fact]
    public void The_core_of_Windows_PowerShell_brings_what_the_framework_lacks() =>
        AssertHolds(
            "lib/netstandard2.0",
            "CBorg.Core.dll",
            "CBorg.Core.pdb",
            "Microsoft.Bcl.AsyncInterfaces.dll",
            "System.Buffers.dll",
            "System.IO.Pipelines.dll",
            "System.Memory.dll",
            "System.Numerics.Vectors.dll",
            "System.Runtime.CompilerServices.Unsafe.dll",
            "System.Text.Encodings.Web.dll",
            "System.Text.Json.dll",
            "System.Threading.Tasks.Extensions.dll"
        );

    [Fact]
    public void The_help_is_one_file_and_its_topic() => AssertHolds("en-US", "CBorg.dll-Help.xml", "about_CBorg.help.txt");

    [Fact]
    public void The_emulator_brings_no_assembly_but_its_own()
    {
        string[] assemblies =
        [
            .. Directory
                .EnumerateFiles(BuiltModule.File("emulator"), "*.dll", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file)),
        ];
        Assert.Equal(["CBorg.Emulator.dll"], assemblies);
        Assert.True(File.Exists(BuiltModule.File("emulator", "CBorg.Emulator.runtimeconfig.json")));
    }

    [Fact]
    public void No_engine_is_shipped() =>
        Assert.Empty(Directory.EnumerateFiles(BuiltModule.Folder, "System.Management.Automation*", SearchOption.AllDirectories));

    private static void AssertHolds(string folder, params string[] names)
    {
        string path = BuiltModule.File(folder.Split('/'));
        string[] found =
        [
            .. Directory
                .EnumerateFileSystemEntries(path)
                .Select(entry => Path.GetFileName(entry) + (Directory.Exists(entry) ? "/" : ""))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(names.Order(StringComparer.Ordinal), found);
    }
}
