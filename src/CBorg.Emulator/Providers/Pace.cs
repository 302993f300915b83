using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;

namespace CBorg.Emulator.Providers;

/// <summary>How long a model takes: to its first token, and for each one after that.</summary>
internal sealed class Pace(EmulatorOptions options)
{
    public Task BeforeFirstTokenAsync(Waits waits, CancellationToken cancellation) =>
        waits.DelayAsync(TimeSpan.FromMilliseconds(options.Latency), cancellation);

    public Task ForTokensAsync(Waits waits, int tokens, CancellationToken cancellation) =>
        options.TokensPerSecond <= 0 ? Task.CompletedTask : waits.DelayAsync(TimeSpan.FromSeconds(tokens / options.TokensPerSecond), cancellation);
}
