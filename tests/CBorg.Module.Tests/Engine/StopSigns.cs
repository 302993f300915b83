using System;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Module.Tests.Engine;

/// <summary>What a test and the pipeline that it ends tell each other.</summary>
public sealed class StopSigns : IDisposable
{
    /// <summary>Lets the second row come.</summary>
    public ManualResetEvent Gate { get; } = new(false);

    /// <summary>Lets a slow command go on.</summary>
    public ManualResetEvent GoOn { get; } = new(false);

    /// <summary>A slow command has something in hand.</summary>
    public TaskCompletionSource Slow { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The module has been removed further down.</summary>
    public TaskCompletionSource Removed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        Gate.Dispose();
        GoOn.Dispose();
    }
}
