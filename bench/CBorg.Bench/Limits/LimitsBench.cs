using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace CBorg.Bench.Limits;

/// <summary>How much of what a server allows the client gets done, and what it wastes on rejections: every kind of limit in
/// every generation, in the emulator's turned clock.</summary>
internal static class LimitsBench
{
    /// <summary>Only the cases whose names have this in them; all when it is not set.</summary>
    private const string Only = "CBORG_BENCH_CASES";

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        string wanted = Environment.GetEnvironmentVariable(Only) ?? "";
        List<LimitOutcome> outcomes = [];
        Console.WriteLine("| case | allowed | done | % | rejected | goal | met |\n|---|---:|---:|---:|---|---|---|");
        foreach (LimitCase limits in LimitCases.All.Where(limits => limits.Name.Contains(wanted, StringComparison.Ordinal)))
        {
            using LimitRun run = new(limits);
            Take(await run.PlayAsync().ConfigureAwait(false));
        }

        if (RealTimeRun.Name.Contains(wanted, StringComparison.Ordinal))
        {
            Take(await RealTimeRun.PlayAsync().ConfigureAwait(false));
        }

        return [.. outcomes.Select(FigureOf)];

        void Take(LimitOutcome outcome)
        {
            outcomes.Add(outcome);
            Console.WriteLine(Row(outcome));
        }
    }

    private static string Row(LimitOutcome outcome) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {outcome.Case.Name} | {outcome.Allowed:0} | {outcome.Done} | {100 * outcome.Part:0.0} | {outcome.RejectedText} | {GoalOf(outcome)} | {(outcome.Met ? "yes" : "no")}{(outcome.Notes.Length > 0 ? $" ({outcome.Notes})" : "")} |"
        );

    private static Figure FigureOf(LimitOutcome outcome) =>
        new(
            $"{outcome.Case.Name}; rejected: {outcome.RejectedText}",
            "calls",
            outcome.Done,
            "what the server allows",
            outcome.Allowed,
            GoalOf(outcome),
            outcome.Met
        );

    private static string GoalOf(LimitOutcome outcome) =>
        string.Create(CultureInfo.InvariantCulture, $">= {100 * outcome.Case.Goal:0} %, {outcome.Case.Rejections}");
}
