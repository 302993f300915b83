using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Fuzz;

namespace CBorg.Bench;

/// <summary>
/// A million recorded replies, changed at random, read by the client; the test run reads 20,000. `./build.sh bench fuzz`,
/// or with another `--cases` and `--seed`; `--only` makes one case again.
/// It is no figure to compare, so it runs only when it is asked for by name.
/// </summary>
internal static class FuzzBench
{
    private const int Usual = 1_000_000;
    private const int Step = 100_000;

    /// <returns>The exit code: 1 when a case came out wrong.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        int seed = Number(arguments, "--seed") ?? Environment.TickCount;
        int cases = Number(arguments, "--cases") ?? Usual;
        if (Number(arguments, "--only") is { } only)
        {
            Console.WriteLine(await FuzzRun.OneAsync(seed, only).ConfigureAwait(false) ?? "Nothing is wrong with it.");
            return 0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases:N0} cases, seed {seed}"));
        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyList<string> complaints = await FuzzRun
            .RunAsync(seed, 0, cases, Environment.ProcessorCount, Tell)
            .ConfigureAwait(false);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{complaints.Count} wrong after {watch.Elapsed.TotalSeconds:0} s")
        );
        complaints.ToList().ForEach(Console.WriteLine);
        return complaints.Count == 0 ? 0 : 1;

        void Tell(int number)
        {
            if (number > 0 && number % Step == 0)
            {
                Console.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"  {number:N0} after {watch.Elapsed.TotalSeconds:0} s")
                );
            }
        }
    }

    private static int? Number(IReadOnlyList<string> arguments, string name) =>
        arguments.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault() is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
