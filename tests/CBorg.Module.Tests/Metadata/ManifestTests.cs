using System;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace CBorg.Module.Tests.Metadata;

public sealed class ManifestTests
{
    [Fact]
    public void The_version_is_that_of_Directory_Build_props() =>
        Assert.Equal(BuiltModule.Repository.Version, BuiltModule.ManifestValue("ModuleVersion"));

    [Fact]
    public void The_changelog_begins_with_this_version()
    {
        Match top = Regex.Match(BuiltModule.Source("CHANGELOG.md"), @"^## \[(?<version>[^\]]+)\]", RegexOptions.Multiline);
        Assert.Equal(BuiltModule.Repository.Version, top.Groups["version"].Value);
    }

    [Fact]
    public void It_exports_exactly_the_cmdlets_there_are_sorted()
    {
        string[] cmdlets = [.. BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(cmdlets, BuiltModule.ManifestList("CmdletsToExport"));
    }

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("AliasesToExport")]
    [InlineData("VariablesToExport")]
    public void It_exports_nothing_else(string member)
    {
        Assert.Matches($@"(?m)^\s*{member}\s*=\s*@\(\)", BuiltModule.Text("CBorg.psd1"));
        Assert.Empty(BuiltModule.ManifestList(member));
    }

    [Fact]
    public void Its_files_are_there()
    {
        string[] files =
        [
            BuiltModule.ManifestValue("RootModule"),
            .. BuiltModule.ManifestList("FormatsToProcess"),
            .. BuiltModule.ManifestList("TypesToProcess"),
        ];
        Assert.All(files, file => Assert.True(System.IO.File.Exists(BuiltModule.File(file)), file));
        Assert.Equal(3, files.Length);
    }
}
