using System;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Emulator.Providers;

/// <summary>How long a model takes: to its first token, and for each one after that.</summary>
internal sealed class Pace(EmulatorOptions options)
{
    public Task BeforeFirstTokenAsync(CancellationToken cancellation) => WaitAsync(TimeSpan.FromMilliseconds(options.Latency), cancellation);

    public Task ForTokensAsync(int tokens, CancellationToken cancellation) =>
        options.TokensPerSecond <= 0 ? Task.CompletedTask : WaitAsync(TimeSpan.FromSeconds(tokens / options.TokensPerSecond), cancellation);

    private Task WaitAsync(TimeSpan time, CancellationToken cancellation) =>
        time <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(time, options.Clock, cancellation);
}
