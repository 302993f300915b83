using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>Runs two ways of doing the same thing by turns, so that whatever else the machine does hits both, and takes the
/// medians.</summary>
internal static class Rounds
{
    public static async Task<(double Ours, double Theirs)> CompareAsync(
        int rounds,
        Func<Task<double>> ours,
        Func<Task<double>> theirs
    )
    {
        await ours().ConfigureAwait(false);
        await theirs().ConfigureAwait(false);
        List<double> a = [];
        List<double> b = [];
        for (int i = 0; i < rounds; i++)
        {
            a.Add(await ours().ConfigureAwait(false));
            b.Add(await theirs().ConfigureAwait(false));
        }

        return (Median(a), Median(b));
    }

    /// <summary>Milliseconds that something takes.</summary>
    public static async Task<double> MillisecondsAsync(Func<Task> action)
    {
        Stopwatch watch = Stopwatch.StartNew();
        await action().ConfigureAwait(false);
        return watch.Elapsed.TotalMilliseconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
