using System;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace CBorg.Module.Tests.Metadata;

public sealed class AboutTests
{
    private const string Name = "about_CBorg.help.txt";

    private static readonly string[] s_lines = BuiltModule.Text("en-US", Name).ReplaceLineEndings("\n").Split('\n');

    [Fact]
    public void It_is_the_one_of_the_sources() =>
        Assert.Equal(BuiltModule.Source("src", "CBorg", "about", Name), BuiltModule.Text("en-US", Name));

    [Fact]
    public void It_fits_80_columns() => Assert.All(s_lines, line => Assert.True(line.Length <= 80, line));

    [Fact]
    public void It_tells_of_each_cmdlet() =>
        Assert.All(
            BuiltModule.Cmdlets,
            cmdlet => Assert.Contains(s_lines, line => line.Contains(cmdlet.Name, StringComparison.Ordinal))
        );

    /// <summary>The marks are * for what ends the pipeline and + for what is tried again.</summary>
    [Fact]
    public void Its_list_of_errors_agrees_with_the_table()
    {
        string[] told =
        [
            .. s_lines
                .Select(line => Regex.Match(line, @"^ {4}(?<marks>[ *+]{4})(?<id>[A-Z][A-Za-z]+) {2,}\S"))
                .Where(match => match.Success)
                .Select(Row),
        ];
        string[] listed =
        [
            .. told.Where(row => ErrorTable.Rows.Any(error => row.StartsWith(error.Id + " ", StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            ErrorTable
                .Rows.Select(row => $"{row.Id} {(row.Ends ? "*" : "")}{(row.Retried ? "+" : "")}")
                .Order(StringComparer.Ordinal),
            listed
        );
    }

    private static string Row(Match match) =>
        $"{match.Groups["id"].Value} {match.Groups["marks"].Value.Replace(" ", "", StringComparison.Ordinal)}";
}
