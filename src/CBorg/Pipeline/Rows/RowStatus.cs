using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CBorg.Pipeline.Rows;

/// <summary>Says in one line how far the rows are; where the line is short, what matters least is left out.</summary>
internal static class RowStatus
{
    private const string Separator = ", ";
    private const string OfAll = "of ~";

    /// <param name="state">How far they are.</param>
    /// <param name="wait">What all of them wait for; null when something goes on.</param>
    /// <param name="room">The most characters.</param>
    public static string Text(RowState state, string? wait, int room)
    {
        // In the order in which they are shown, with their weights.
        List<(int Weight, string Text)> parts =
        [
            (9, state.Total is { } total ? $"{Number(state.Done + state.Failed)} of {Number(total)}" : $"{Number(state.Done + state.Failed)} done"),
            (8, state.Failed > 0 ? $"{Number(state.Failed)} failed" : ""),
            (1, state.Waiting > 0 ? $"{Number(state.Waiting)} waiting" : ""),
            (4, state.PerMinute is { } pace ? $"{Number(Math.Round(pace))}/min" : ""),
            (6, Cost(state)),
            (5, state.ProjectedCost is > 0 and { } projected ? $"{OfAll}{Dollars(projected)}" : ""),
            (7, state.TimeLeft is { } left ? $"{Span(left)} left" : ""),
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

    private static string Cut(string text, int room) => text.Length <= room ? text : room <= 1 ? "" : text.Substring(0, room - 1) + "…";

    private static string Join(IEnumerable<(int Weight, string Text)> parts) => string.Join(Separator, parts.Select(part => part.Text)).Replace(Separator + OfAll, " " + OfAll);

    private static string Cost(RowState state) => (state.Cost, state.HasUnknownCosts) switch
    {
        (null, false) => "",
        (null, true) => "cost unknown",
        (0, false) => "free",
        ({ } cost, false) => Dollars(cost),
        ({ } cost, true) => $"{Dollars(cost)} + unknown",
    };

    private static string Number(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static string Dollars(decimal cost) => "$" + cost.ToString(cost >= 1 ? "0.00" : cost >= 0.1m ? "0.000" : cost >= 0.001m ? "0.0000" : "0.000000", CultureInfo.InvariantCulture);

    internal static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => $"{Number(Math.Ceiling(span.TotalSeconds))} s",
        { TotalMinutes: < 90 } => $"{Number(Math.Round(span.TotalMinutes))} min",
        { TotalHours: < 48 } => $"{span.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h",
        _ => $"{Number(Math.Round(span.TotalDays))} days",
    };
}
