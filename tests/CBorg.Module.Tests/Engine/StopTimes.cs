using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CBorg.Module.Tests.Engine;

/// <summary>How long each stop took, for people: written to the file that CBORG_STOP_TIMES names, where it names one.
/// Nothing is asserted of it.</summary>
public sealed class StopTimes : IDisposable
{
    private readonly ConcurrentQueue<(string Cmdlet, StopState State, StopWay Way, TimeSpan Free, TimeSpan? Gone)> _times = new();

    /// <param name="cmdlet">What was ended.</param>
    /// <param name="state">In which state.</param>
    /// <param name="way">How.</param>
    /// <param name="free">Until the pipeline was free.</param>
    /// <param name="gone">Until the server saw that nobody listens; null when it had not been reached.</param>
    public void Add(string cmdlet, StopState state, StopWay way, TimeSpan free, TimeSpan? gone) =>
        _times.Enqueue((cmdlet, state, way, free, gone));

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("CBORG_STOP_TIMES") is { Length: > 0 } file)
        {
            IEnumerable<string> lines = _times
                .OrderBy(time => (time.Cmdlet, time.State, time.Way))
                .Select(time =>
                    FormattableString.Invariant(
                        $"{time.Cmdlet}\t{time.State}\t{time.Way}\t{time.Free.TotalMilliseconds:0}\t{time.Gone?.TotalMilliseconds:0}"
                    )
                );
            File.WriteAllLines(file, lines.Prepend("cmdlet\tstate\tway\tfree ms\tserver let go ms"));
        }
    }
}
