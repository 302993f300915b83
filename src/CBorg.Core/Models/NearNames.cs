using System;
using System.Collections.Generic;
using System.Linq;

namespace CBorg.Core.Models;

/// <summary>Finds the names that somebody may have meant.</summary>
internal static class NearNames
{
    private const int Most = 3;

    public static IReadOnlyList<string> Of(string name, IEnumerable<string> names) =>
        [
            .. names
                .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
                .Where(candidate => candidate.Distance <= Math.Max(1, name.Length / 3))
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(Most)
                .Select(candidate => candidate.Name),
        ];

    /// <summary>
    /// How many letters differ; a prefix such as <c>lbl/</c> or a suffix such as <c>-high</c> that one of them lacks counts
    /// little.
    /// </summary>
    private static int Distance(string asked, string candidate)
    {
        string a = asked.ToUpperInvariant();
        string b = candidate.ToUpperInvariant();
        bool contained =
            Math.Min(a.Length, b.Length) > 2
            && (a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal));
        return contained ? 1 : Math.Min(Edits(a, b), 1 + Edits(WithoutPrefix(a), WithoutPrefix(b)));
    }

    private static string WithoutPrefix(string name) => name.Substring(name.LastIndexOf('/') + 1);

    /// <summary>Levenshtein's distance.</summary>
    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
