using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CBorg.Pipeline.Rows;

/// <summary>Says in one line how far the rows are; where the line is short, what matters least is left out.</summary>
internal static class RowLine
{
    private const string Separator = ", ";
    private const string OfAll = "of ~";

    /// <param name="rows">How far they are.</param>
    /// <param name="wait">What all of them wait for; null when something goes on.</param>
    /// <param name="room">The most characters.</param>
    public static string Text(RowStatistics rows, string? wait, int room)
    {
        // In the order in which they are shown, with their weights.
        List<(int Weight, string Text)> parts =
        [
            (9, Number(rows.Ended) + (rows.Total is { } total ? $" of {Number(total)}" : " done")),
            (8, rows.Failed > 0 ? $"{Number(rows.Failed)} failed" : ""),
            (1, rows.Waiting > 0 ? $"{Number(rows.Waiting)} waiting" : ""),
            (4, rows.PerMinute is { } pace ? $"{Number(Math.Round(pace))}/min" : ""),
            (6, Cost(rows)),
            (5, rows.ProjectedCost is > 0 and { } projected ? $"{OfAll}{Dollars(projected)}" : ""),
            (7, rows.TimeLeft is { } left ? $"{Span(left)} left" : ""),
        ];
        parts.RemoveAll(part => part.Text.Length == 0);
        while (parts.Count > 1 && Join(parts).Length > room)
        {
            parts.Remove(parts.OrderBy(part => part.Weight).First());
        }

        string line = Join(parts);
        return wait is null ? line : WithWait(line, parts[0].Text, wait, room);
    }

    /// <summary>What is waited for matters more than pace and cost while nothing goes on.</summary>
    private static string WithWait(string line, string count, string wait, int room)
    {
        string full = $"{line}; {wait}";
        return full.Length <= room ? full : Cut($"{count}; {wait}", room);
    }

    private static string Cut(string text, int room) =>
        room switch
        {
            _ when text.Length <= room => text,
            <= 1 => "",
            _ => text.Substring(0, room - 1) + "…",
        };

    private static string Join(IEnumerable<(int Weight, string Text)> parts) =>
        string.Join(Separator, parts.Select(part => part.Text)).Replace(Separator + OfAll, " " + OfAll);

    private static string Cost(RowStatistics rows) =>
        (rows.Cost, rows.HasUnknownCosts) switch
        {
            (null, false) => "",
            (null, true) => "cost unknown",
            (0, false) => "free",
            ({ } cost, false) => Dollars(cost),
            ({ } cost, true) => $"{Dollars(cost)} + unknown",
        };

    private static string Number(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static string Dollars(decimal cost) =>
        "$"
        + cost.ToString(
            cost switch
            {
                >= 1 => "0.00",
                >= 0.1m => "0.000",
                >= 0.001m => "0.0000",
                _ => "0.000000",
            },
            CultureInfo.InvariantCulture
        );

    internal static string Span(TimeSpan span) =>
        span switch
        {
            { TotalSeconds: < 90 } => $"{Number(Math.Ceiling(span.TotalSeconds))} s",
            { TotalMinutes: < 90 } => $"{Number(Math.Round(span.TotalMinutes))} min",
            { TotalHours: < 48 } => $"{span.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h",
            _ => $"{Number(Math.Round(span.TotalDays))} days",
        };
}
