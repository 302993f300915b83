using System.Collections.Generic;
using System.Linq;

namespace CBorg.Build.Help;

/// <summary>A parameter as its attributes declare it.</summary>
internal sealed record ParameterMetadata
{
    public required string Name { get; init; }

    /// <summary>Its type's full name.</summary>
    public required string TypeName { get; init; }

    public IReadOnlyList<ParameterUse> Sets { get; init; } = [];

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The values of a ValidateSet.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public bool Wildcards { get; init; }

    public bool IsSwitch => TypeName == "System.Management.Automation.SwitchParameter";

    /// <summary>Its type as PowerShell writes it.</summary>
    public string Type => TypeText.Of(TypeName);

    /// <summary>Whether it has to be given; a switch that only chooses its set does not.</summary>
    public bool Required => Sets.All(use => use.Mandatory) && !IsSwitch;

    /// <summary>How it is used when one set has to stand for all.</summary>
    public ParameterUse Main => Sets[0];

    public ParameterUse? In(string set) =>
        Sets.FirstOrDefault(use => use.Set == set) ?? Sets.FirstOrDefault(use => use.Set == CmdletMetadata.AllSets);

    /// <summary>One line of what a reader cannot guess; its page must say the same.</summary>
    public string Facts
    {
        get
        {
            List<string> facts = [$"Type: {Type}."];
            Add(facts, Required, "Required.");
            Add(facts, Main.Set != CmdletMetadata.AllSets, $"Parameter set: {string.Join(", ", Sets.Select(use => use.Set))}.");
            Add(facts, Main.Position is not null, $"Position: {Main.Position}.");
            Add(facts, Main.Pipeline is not null, $"Pipeline: {Main.Pipeline}.");
            Add(facts, Wildcards, "Wildcards.");
            Add(facts, Aliases.Count > 0, $"Alias: {string.Join(", ", Aliases)}.");
            Add(facts, Values.Count > 0, $"Values: {string.Join(", ", Values)}.");
            return string.Join(' ', facts);
        }
    }

    private static void Add(List<string> facts, bool holds, string fact)
    {
        if (holds)
        {
            facts.Add(fact);
        }
    }
}
