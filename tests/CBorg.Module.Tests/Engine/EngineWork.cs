using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>A script under way.</summary>
internal sealed class EngineWork : IDisposable
{
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly Task _end;

    public EngineWork(PowerShell shell)
    {
        Shell = shell;
        _end = Task.Factory.FromAsync(shell.BeginInvoke(new PSDataCollection<PSObject>(Complete()), _output), shell.EndInvoke);
    }

    public PowerShell Shell { get; }

    /// <summary>What has been written; grows while the script runs.</summary>
    public PSDataCollection<PSObject> Output => _output;

    /// <summary>Ends with the script, as it ends.</summary>
    public Task End => _end;

    /// <summary>Waits for the script's own end.</summary>
    public async Task<EngineRun> EndAsync()
    {
        ErrorRecord? ended = null;
        try
        {
            await _end.WaitAsync(TestTimeout.Long);
        }
        catch (RuntimeException e)
        {
            ended = e.ErrorRecord;
        }

        return new EngineRun(Shell, [.. _output], ended);
    }

    /// <summary>Presses Ctrl+C.</summary>
    /// <returns>How long it took until the pipeline was free.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        await Task.Run(Shell.Stop).WaitAsync(TestTimeout.Hang);
        TimeSpan taken = watch.Elapsed;
        await Assert.ThrowsAsync<PipelineStoppedException>(() => _end.WaitAsync(TestTimeout.Hang));
        return taken;
    }

    /// <summary>Waits until something has been written.</summary>
    public Task OutputAsync() => Until(_output, () => _output.Count > 0);

    public Task VerboseAsync(string words) => Until(Shell.Streams.Verbose, () => Any(Shell.Streams.Verbose, words));

    public Task ProgressAsync() => Until(Shell.Streams.Progress, () => Shell.Streams.Progress.Count > 0);

    public void Dispose()
    {
        Shell.Dispose();
        _output.Dispose();
    }

    /// <summary>Waits until records say that something is reached.</summary>
    internal static async Task Until<T>(PSDataCollection<T> records, Func<bool> reached)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, DataAddedEventArgs e)
        {
            if (reached())
            {
                done.TrySetResult();
            }
        }

        records.DataAdded += Look;
        Look(null, null!);
        await done.Task.WaitAsync(TestTimeout.Long);
        records.DataAdded -= Look;
    }

    // The collection's enumerator waits for more; its indexer does not.
    internal static bool Any(PSDataCollection<VerboseRecord> records, string words) =>
        Enumerable.Range(0, records.Count).Any(i => records[i].Message.Contains(words, StringComparison.Ordinal));

    private static IEnumerable<PSObject> Complete() => [];
}
