using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace CBorg.Core.Tests.Replay;

/// <summary>One row of the table of what the client must make of each recording.</summary>
internal sealed class Expected
{
    private readonly Dictionary<string, string> _cells;

    private Expected(Dictionary<string, string> cells)
    {
        _cells = cells;
    }

    public static IReadOnlyDictionary<(string Folder, string Name), Expected> All { get; } =
        Read().ToDictionary(row => (row.Folder, row.Name));

    public string Folder => _cells["folder"];

    public string Name => _cells["name"];

    public string Outcome => _cells["outcome"];

    public string Kind => _cells["kind"];

    public bool Retried => _cells["retried"] == "yes";

    /// <summary>Empty when there is none.</summary>
    public string Text => Value("text") is { } text ? Unescape(text) : "";

    public string? Finish => Value("finish");

    public long? PromptTokens => Number("prompt_tokens");

    public long? CompletionTokens => Number("completion_tokens");

    public long? CachedTokens => Number("cached_tokens");

    public long? ReasoningTokens => Number("reasoning_tokens");

    /// <summary>10 significant digits.</summary>
    public decimal? Cost =>
        Value("cost") is { } cost ? decimal.Parse(cost, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    public string CostSource => Value("cost_source") ?? nameof(CBorg.CostSource.Unknown);

    /// <summary>Lines end in LF alone: one text has U+2028 in it.</summary>
    private static IEnumerable<Expected> Read()
    {
        string[] lines = File.ReadAllText(Path.Combine(Fixtures.Root, "recordings.expected.tsv"), Encoding.UTF8)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = lines[0].Split('\t');
        return lines
            .Skip(1)
            .Select(line => new Expected(names.Zip(line.Split('\t')).ToDictionary(cell => cell.First, cell => cell.Second)));
    }

    private static string Unescape(string text)
    {
        StringBuilder plain = new();
        for (int i = 0; i < text.Length; i++)
        {
            plain.Append(
                text[i] != '\\'
                    ? text[i]
                    : text[++i] switch
                    {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        char other => other,
                    }
            );
        }

        return plain.ToString();
    }

    private string? Value(string column) => _cells[column] is { Length: > 0 } value && value != "-" ? value : null;

    private long? Number(string column) => Value(column) is { } value ? long.Parse(value, CultureInfo.InvariantCulture) : null;
}
