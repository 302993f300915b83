using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;
using CBorg.Emulator.Clocks;

namespace CBorg.Bench.Limits;

/// <summary>The emulator's turned clock, as the client's: what waits on either side is rung by the same turn.</summary>
/// <param name="clock">The emulator's.</param>
/// <param name="stage">Told of calls to the service.</param>
/// <param name="silence">How long the client waits for a first byte. A time as long as that is no call's but a part of
/// one.</param>
internal sealed class TurnedClock(TurnableClock clock, Stage stage, TimeSpan silence) : IClock
{
    // Where the server's whole seconds begin is nobody's business but its own.
    private static readonly TimeSpan s_apart = TimeSpan.FromSeconds(0.63);

    public DateTimeOffset UtcNow => clock.GetUtcNow() + s_apart;

    public TimeSpan Elapsed => TimeSpan.FromTicks(clock.GetTimestamp());

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken)
        : delay <= TimeSpan.Zero ? Task.CompletedTask
        : WaitAsync(delay, cancellationToken);

    public CancellationTokenSource CancelAfter(TimeSpan delay, CancellationToken linked) =>
        new Deadline(clock, delay == silence ? null : stage, delay, linked);

    private async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        // What waits goes on within the turn itself, so that whoever turns finds it done.
        TaskCompletionSource over = new();
        using ITimer timer = clock.CreateTimer(_ => over.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => over.TrySetCanceled(cancellationToken));
        await over.Task.ConfigureAwait(false);
    }
}
