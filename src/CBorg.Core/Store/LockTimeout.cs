using System;
using System.Diagnostics;
using System.Threading;

namespace CBorg.Core.Store;

/// <summary>One try to have the store for oneself: others hold it for some ten microseconds, so one first lets them run,
/// then sleeps, and gives up in the end.</summary>
/// <param name="longest">How long one waits in all.</param>
internal sealed class LockTimeout(TimeSpan longest)
{
    private const int YieldsBeforeSleeps = 50;

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private int _waits;

    /// <summary>What remains of that; zero when it is used up.</summary>
    public TimeSpan Left => _since.Elapsed < longest ? longest - _since.Elapsed : TimeSpan.Zero;

    /// <summary>Waits a little. Throws <see cref="StoreUnavailable"/> when one has waited enough.</summary>
    public void Wait(string file)
    {
        if (Left == TimeSpan.Zero)
        {
            throw Lost(file);
        }

        if (_waits++ < YieldsBeforeSleeps)
        {
            Thread.Yield();
        }
        else
        {
            Thread.Sleep(1);
        }
    }

    public StoreUnavailable Lost(string file) =>
        new(StoreProblem.Busy, FormattableString.Invariant($"{file} was in others' use for {longest.TotalSeconds:0.###} s"));
}
