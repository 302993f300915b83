using System.Collections.Generic;
using System.Linq;

namespace CBorg.Build.Help;

/// <summary>A cmdlet as its attributes declare it.</summary>
internal sealed record CmdletMetadata
{
    public const string AllSets = "__AllParameterSets";

    public required string Verb { get; init; }

    public required string Noun { get; init; }

    public required string TypeName { get; init; }

    public string? DefaultSet { get; init; }

    public bool SupportsShouldProcess { get; init; }

    /// <summary>Full names of the types that it says it writes.</summary>
    public IReadOnlyList<string> OutputTypes { get; init; } = [];

    public IReadOnlyList<ParameterMetadata> Parameters { get; init; } = [];

    public string Name => $"{Verb}-{Noun}";

    /// <summary>The names of its parameter sets, the default one first.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            string[] named =
            [
                .. Parameters
                    .SelectMany(parameter => parameter.Sets)
                    .Select(use => use.Set)
                    .Where(set => set != AllSets)
                    .Distinct(),
            ];
            return named.Length == 0
                ? [DefaultSet ?? AllSets]
                : [.. named.Append(DefaultSet ?? named[0]).Distinct().OrderBy(set => set != DefaultSet)];
        }
    }

    /// <summary>A set's parameters as PowerShell shows them: by position, then the mandatory ones, then the others.</summary>
    public IEnumerable<(ParameterMetadata Parameter, ParameterUse Use)> Syntax(string set) =>
        from parameter in Parameters
        let use = parameter.In(set)
        where use is not null
        orderby use.Position ?? int.MaxValue, use.Mandatory ? 0 : 1
        select (parameter, use);
}
