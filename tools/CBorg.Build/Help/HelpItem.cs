using System;
using System.Collections.Generic;

namespace CBorg.Build.Help;

/// <summary>Something with a name, paragraphs about it, and for a parameter a line of facts: <c>Type: int. Default:
/// 600.</c></summary>
internal sealed record HelpItem(string Name, IReadOnlyList<string> Text, string? Facts = null)
{
    private const string DefaultMark = " Default: ";

    /// <summary>The facts that the metadata can confirm.</summary>
    public string? CheckedFacts => Facts?.Split(DefaultMark)[0];

    public string? Default =>
        Facts is not null && Facts.IndexOf(DefaultMark, StringComparison.Ordinal) is > 0 and int at
            ? Facts[(at + DefaultMark.Length)..].TrimEnd('.')
            : null;
}
