using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Faults;
using CBorg.Core.Tests.Soak;

namespace CBorg.Bench;

/// <summary>
/// Twenty thousand calls with a fault in every fifth request, 16 at once, against the emulator in a process of its own; the
/// test run makes a thousand. `./build.sh bench soak`, or with another `--calls` and
/// `--seed`. It is no figure to compare, so it runs only when it is asked for by name.
/// </summary>
internal static class SoakBench
{
    private const int Usual = 20_000;
    private const int UsualSeed = 20261122;
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    /// <returns>The exit code: 1 when something came out wrong.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        int seed = Number(arguments, "--seed") ?? UsualSeed;
        int calls = Number(arguments, "--calls") ?? Usual;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{calls:N0} calls, seed {seed}"));
        using SoakEmulator emulator = await SoakEmulator.StartAsync().ConfigureAwait(false);
        using EmulatorControl control = new(emulator.Control);
        SoakWatch watch = new(calls);
        Stopwatch time = Stopwatch.StartNew();
        SoakReport report = await SoakRun
            .RunAsync(seed, calls, emulator.Url, control, emulator.Key, s_silence, watch.Done)
            .ConfigureAwait(false);
        string[] complaints = [.. report.Complaints(), .. watch.Complaints()];
        Console.WriteLine(report);
        Console.WriteLine(watch);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{complaints.Length} wrong after {time.Elapsed.TotalSeconds:0} s")
        );
        complaints.ToList().ForEach(Console.WriteLine);
        return complaints.Length == 0 ? 0 : 1;
    }

    private static int? Number(IReadOnlyList<string> arguments, string name) =>
        arguments.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault() is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
