using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace CBorg.Bench;

/// <summary>Writes the figures as docs/performance.md, with the machine named.</summary>
internal static class Report
{
    public static string Markdown(IEnumerable<Figure> figures)
    {
        StringBuilder text = new("# Performance\n\n");
        text.Append(
            "Made by `./build.sh bench --write docs/performance.md`. Each line compares with a rival in the same run, medians of several rounds; absolute figures are of this machine only.\n\n"
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"Machine: {Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}.\n\n"
        );
        text.Append("| what | CBorg | rival | | ratio | goal | met |\n|---|---:|---|---:|---:|---|---|\n");
        foreach (Figure figure in figures)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {figure.What} | {figure.Ours:0.###} {figure.Unit} | {figure.Rival} | {figure.Theirs:0.###} {figure.Unit} | {figure.Ratio:0.00} | {figure.Goal} | {(figure.Goal == "-" ? "-" : figure.Met ? "yes" : "no")} |\n"
            );
        }

        return text.ToString();
    }

    private static string Processor()
    {
        const string Cpu = "/proc/cpuinfo";
        return
            File.Exists(Cpu)
            && File.ReadLines(Cpu).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
    }
}
