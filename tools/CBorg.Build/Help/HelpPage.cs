using System.Collections.Generic;

namespace CBorg.Build.Help;

/// <summary>What a page of docs/help says about a cmdlet.</summary>
internal sealed record HelpPage
{
    public required string Name { get; init; }

    public IReadOnlyList<string> Synopsis { get; init; } = [];

    public IReadOnlyList<string> Description { get; init; } = [];

    public IReadOnlyList<HelpItem> Parameters { get; init; } = [];

    public IReadOnlyList<HelpItem> Inputs { get; init; } = [];

    public IReadOnlyList<HelpItem> Outputs { get; init; } = [];

    public IReadOnlyList<HelpExample> Examples { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<HelpLink> Links { get; init; } = [];
}
