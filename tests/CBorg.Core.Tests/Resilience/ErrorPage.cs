using System;
using System.IO;
using System.Linq;
using CBorg.Core.Tests.Replay;

namespace CBorg.Core.Tests.Resilience;

/// <summary>The table in docs/errors.md: a line for each row of the table of errors.</summary>
internal static class ErrorPage
{
    private const string Begin =
        "| ErrorId | Category | Ends | Retried | Fault | What it means | What to do |\n|---|---|---|---|---|---|---|\n";

    public static string File { get; } =
        Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Fixtures.Root))!, "docs", "errors.md");

    /// <summary>The page with its table as it has to be.</summary>
    public static string With(string page)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf("\n\n", begin, StringComparison.Ordinal) + 1;
        return page[..begin] + string.Concat(Enum.GetValues<ErrorKind>().Select(kind => Line(ErrorTable.Of(kind)))) + page[end..];
    }

    private static string Line(ErrorRow row)
    {
        ErrorFacts facts = new();
        string ends = row.Stops >= FailureScope.Route ? "yes" : "no";
        string retried = row.IsRetryable(facts) ? "yes" : "no";
        return $"| {row.Kind} | {row.Category} | {ends} | {retried} | {row.Fault} | {row.What(null, facts)} | {row.Advice(facts)} |\n";
    }
}
