using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>Heap and handles of this process, looked at twenty times in a run: those of the last quarter against those of
/// the first.</summary>
internal sealed class SoakWatch(int calls)
{
    private const int Looks = 20;
    private const double MostGrowth = 1.2;
    private const int MostHandles = 16;

    private readonly object _gate = new();
    private readonly List<(double Megabytes, int Handles)> _seen = [];

    /// <param name="done">How many calls are done.</param>
    public Task Done(int done)
    {
        if (done % Math.Max(1, calls / Looks) == 0)
        {
            lock (_gate)
            {
                _seen.Add((GC.GetTotalMemory(forceFullCollection: true) / 1048576.0, Handles()));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {done:N0}: heap {_seen[^1].Megabytes:0.0} MB, {_seen[^1].Handles} handles"
                    )
                );
            }
        }

        return Task.CompletedTask;
    }

    public IEnumerable<string> Complaints()
    {
        ((double heap, double handles), (double heapLast, double handlesLast)) = (First, Last);
        if (heapLast > heap * MostGrowth)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"the heap ought to be flat: {heap:0.0} MB, then {heapLast:0.0} MB"
            );
        }

        if (handlesLast > handles + MostHandles)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"the handles ought to be as many as before: {handles:0}, then {handlesLast:0}"
            );
        }
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"first quarter: heap {First.Heap:0.0} MB, {First.Handles:0} handles; last quarter: heap {Last.Heap:0.0} MB, {Last.Handles:0} handles"
        );

    private (double Heap, double Handles) First => Mean(_seen.Take(_seen.Count / 4));

    private (double Heap, double Handles) Last => Mean(_seen.Skip(_seen.Count - (_seen.Count / 4)));

    private static (double Heap, double Handles) Mean(IEnumerable<(double Megabytes, int Handles)> seen) =>
        (
            seen.Select(look => look.Megabytes).DefaultIfEmpty().Average(),
            seen.Select(look => (double)look.Handles).DefaultIfEmpty().Average()
        );

    private static int Handles()
    {
        const string Own = "/proc/self/fd";
        using Process process = Process.GetCurrentProcess();
        return Directory.Exists(Own) ? Directory.EnumerateFileSystemEntries(Own).Count() : process.HandleCount;
    }
}
