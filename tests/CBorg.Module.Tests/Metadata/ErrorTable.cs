using System.Collections.Generic;
using System.Linq;

namespace CBorg.Module.Tests.Metadata;

/// <summary>The table of docs/errors.md.</summary>
internal sealed record ErrorTable(string Id, string Category, bool Ends, bool Retried)
{
    private const int Columns = 7;

    public static IReadOnlyList<ErrorTable> Rows { get; } =
    [
        .. BuiltModule
            .Source("docs", "errors.md")
            .Split('\n')
            .Where(line => line.StartsWith("| ", System.StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Where(cells => cells.Length == Columns && cells[0] != "ErrorId")
            .Select(cells => new ErrorTable(cells[0], cells[1], Is(cells[2]), Is(cells[3]))),
    ];

    private static bool Is(string cell) =>
        cell.Split(',')[0] switch
        {
            "yes" => true,
            "no" => false,
            _ => throw new System.FormatException($"docs/errors.md: '{cell}' is neither yes nor no."),
        };
}
