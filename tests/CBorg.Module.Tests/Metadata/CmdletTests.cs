using System;
using System.Collections.Generic;
using System.Linq;
using CBorg.Build.Help;
using Xunit;

namespace CBorg.Module.Tests.Metadata;

public sealed class CmdletTests
{
    // Those of PowerShell's approved verbs that fit a client of a service.
    private static readonly string[] s_verbs =
    [
        "Add",
        "Clear",
        "Compare",
        "Connect",
        "ConvertFrom",
        "ConvertTo",
        "Disconnect",
        "Export",
        "Find",
        "Get",
        "Import",
        "Invoke",
        "Measure",
        "New",
        "Receive",
        "Remove",
        "Reset",
        "Resume",
        "Save",
        "Search",
        "Send",
        "Set",
        "Show",
        "Start",
        "Stop",
        "Submit",
        "Suspend",
        "Test",
        "Update",
        "Wait",
        "Watch",
    ];

    private static readonly string[] s_writeNothing = ["Disconnect-CBorg", "Stop-CBorgEmulator"];

    public static TheoryData<string> Names => [.. BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_verb_is_approved(string name) => Assert.Contains(Cmdlet(name).Verb, s_verbs);

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_noun_is_singular_and_prefixed(string name)
    {
        string noun = Cmdlet(name).Noun;
        Assert.StartsWith("CBorg", noun, StringComparison.Ordinal);
        Assert.False(noun.EndsWith('s'), noun);
        Assert.Equal($"{Cmdlet(name).Verb}{noun}Command", Cmdlet(name).TypeName);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_it_writes(string name) =>
        Assert.Equal(s_writeNothing.Contains(name), Cmdlet(name).OutputTypes.Count == 0);

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_default_set_exists(string name)
    {
        CmdletMetadata cmdlet = Cmdlet(name);
        bool hasSets = cmdlet.Parameters.Any(parameter => parameter.Sets.Any(use => use.Set != CmdletMetadata.AllSets));
        Assert.Equal(hasSets, cmdlet.DefaultSet is not null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_set_takes_one_parameter_by_value_and_no_position_twice(string name)
    {
        CmdletMetadata cmdlet = Cmdlet(name);
        foreach (string set in cmdlet.Sets)
        {
            ParameterUse[] uses = [.. cmdlet.Syntax(set).Select(entry => entry.Use)];
            Assert.True(uses.Count(use => use.ByValue) <= 1, $"{set}: several by value");
            IEnumerable<int> positions = uses.Where(use => use.Position is not null).Select(use => use.Position!.Value);
            Assert.True(
                positions.SequenceEqual(Enumerable.Range(0, positions.Count())),
                $"{set}: positions {string.Join(", ", positions)}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_no_bool_parameter(string name) =>
        Assert.DoesNotContain(
            Cmdlet(name).Parameters,
            parameter => parameter.TypeName is "System.Boolean" or "System.Nullable`1<System.Boolean>"
        );

    internal static CmdletMetadata Cmdlet(string name) => BuiltModule.Cmdlets.Single(cmdlet => cmdlet.Name == name);
}
