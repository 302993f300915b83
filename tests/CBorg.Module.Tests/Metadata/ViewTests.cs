using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace CBorg.Module.Tests.Metadata;

public sealed class ViewTests
{
    // What PowerShell itself knows how to show.
    private static readonly string[] s_scalars = ["System.Boolean", "System.String", "System.Management.Automation.PSObject"];

    private static readonly XElement[] s_views = [.. XDocument.Load(BuiltModule.File("CBorg.Format.ps1xml")).Descendants("View")];

    private static readonly Dictionary<string, string[]> s_types = Types();

    [Fact]
    public void Each_type_with_a_view_exists() => Assert.All(s_views.Select(TypeOf), type => Assert.Contains(type, s_types.Keys));

    [Fact]
    public void Each_output_type_has_a_view_or_needs_none()
    {
        string[] viewed = [.. s_views.Select(TypeOf), .. s_scalars];
        Assert.All(BuiltModule.Cmdlets.SelectMany(cmdlet => cmdlet.OutputTypes), type => Assert.Contains(type, viewed));
    }

    [Fact]
    public void Views_show_properties_that_exist()
    {
        IEnumerable<(string Type, string Property)> shown =
            from view in s_views
            from property in view.Descendants("PropertyName")
            select (TypeOf(view), property.Value);
        Assert.All(shown, use => Assert.Contains(use.Property, s_types[use.Type]));
    }

    [Fact]
    public void Scripts_of_views_use_properties_that_exist()
    {
        IEnumerable<(string Type, string Property)> used =
            from view in s_views
            from script in view.Descendants("ScriptBlock")
            from Match property in Regex.Matches(script.Value, @"\$_\.(\w+)")
            select (TypeOf(view), property.Groups[1].Value);
        Assert.All(used, use => Assert.Contains(use.Property, s_types[use.Type]));
    }

    [Fact]
    public void Helpers_of_views_exist()
    {
        using AssemblyMetadata module = new(BuiltModule.File("CBorg.dll"));
        IReadOnlyList<string> helpers = module.Methods("_Format");
        MatchCollection calls = Regex.Matches(BuiltModule.Text("CBorg.Format.ps1xml"), @"\[CBorg\.Module\._Format\]::(\w+)");
        Assert.NotEmpty(calls);
        Assert.All(calls.Select(call => call.Groups[1].Value), call => Assert.Contains(call, helpers));
    }

    [Fact]
    public void Added_members_are_of_types_that_exist() =>
        Assert.All(
            XDocument.Load(BuiltModule.File("CBorg.Types.ps1xml")).Root!.Elements("Type"),
            type => Assert.Contains(type.Element("Name")!.Value, s_types.Keys)
        );

    [Fact]
    public void Names_of_views_are_unique() => Assert.Distinct(s_views.Select(view => view.Element("Name")!.Value));

    private static string TypeOf(XElement view) => view.Descendants("TypeName").First().Value;

    private static Dictionary<string, string[]> Types()
    {
        using AssemblyMetadata module = new(BuiltModule.File("CBorg.dll"));
        using AssemblyMetadata held = new(BuiltModule.File("CBorg.Abstractions.dll"));
        return module
            .Properties.Concat(held.Properties)
            .ToDictionary(type => type.Key, type => type.Value, StringComparer.Ordinal);
    }
}
