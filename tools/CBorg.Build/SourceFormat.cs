using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CBorg.Build;

/// <summary>Whether the sources are as the formatter writes them, and no comment is wider than the code may be.</summary>
internal sealed class SourceFormat(Repository repository)
{
    /// <summary>As <c>.csharpierrc</c> says. Texts in quotes may be wider: they are what a user reads or sends.</summary>
    private const int WidestColumn = 130;

    private static readonly string[] s_folders = ["src", "tests", "tools", "bench"];

    /// <returns>What is wrong, a line each; empty when nothing is.</returns>
    public IReadOnlyList<string> Check()
    {
        List<string> said = [];
        int exit = Shell.Read(
            "dotnet",
            ["csharpier", "check", .. s_folders.Select(folder => repository.PathOf(folder))],
            said.Add
        );
        return [.. exit == 0 ? [] : said, .. s_folders.SelectMany(WideComments)];
    }

    private IEnumerable<string> WideComments(string folder) =>
        from file in Directory.EnumerateFiles(repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
        where line.Text.Length > WidestColumn && line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select $"{Path.GetRelativePath(repository.Root, file)}({line.Number}): a comment of {line.Text.Length} columns";
}
