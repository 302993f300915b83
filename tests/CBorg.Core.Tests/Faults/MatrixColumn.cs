using System;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using CBorg.Emulator;
using CBorg.Emulator.Clocks;

namespace CBorg.Core.Tests.Faults;

/// <summary>One kind of call against an emulator of its own: every fault in turn, once and for good.</summary>
internal sealed class MatrixColumn : IAsyncDisposable
{
    public const int Retries = 2;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_silence = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_estimatePatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_endPatience = TimeSpan.FromSeconds(1);

    private readonly EmulatorHost _emulator;
    private readonly EmulatorControl _control;
    private readonly Operation _operation;

    private MatrixColumn(EmulatorHost emulator, Operation operation) =>
        (_emulator, _operation, _control) = (emulator, operation, new EmulatorControl(emulator.ControlUrl));

    /// <summary>What the call brings when nothing goes wrong.</summary>
    public Got Usual { get; private set; } = new("");

    public static async Task<MatrixColumn> StartAsync(Operation operation)
    {
        MatrixColumn column = new(
            await EmulatorHost.StartAsync(new EmulatorOptions { Clock = TurnableClock.Offset() }).ConfigureAwait(false),
            operation
        );
        column.Usual = await operation
            .CallAsync(await column.ClientAsync(FakeClock.Skipping()).ConfigureAwait(false), _ => { })
            .ConfigureAwait(false);
        return column;
    }

    /// <param name="row">What goes wrong.</param>
    /// <param name="forGood">With every request, or else with the first one only.</param>
    public async Task<Found> RunAsync(FaultRow row, bool forGood)
    {
        FakeClock clock = FakeClock.Skipping();
        ICBorgClient client = await ClientAsync(clock).ConfigureAwait(false);
        await _control.ResetAsync().ConfigureAwait(false);
        await _control.FaultAsync(row.Script, _operation.Path, forGood ? 0 : 1).ConfigureAwait(false);
        TaskCompletionSource shown = new();
        Task<Found> call = CallAsync(client, shown);
        if (row.StallsForEver)
        {
            await PassSilenceAsync(
                    row,
                    clock,
                    call,
                    forGood,
                    row.For(_operation) == Right.Partial ? shown.Task : Task.CompletedTask
                )
                .ConfigureAwait(false);
        }

        Found found = await call.Soon().ConfigureAwait(false);
        await _control.ClearAsync().ConfigureAwait(false);
        found = found with { Ledger = await _control.ClosedLedgerAsync(_operation.Path).ConfigureAwait(false) };
        return found with { Next = await CallAsync(client, new()).Soon().ConfigureAwait(false) };
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _emulator.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A client with books of its own, the catalogue at hand where prices are needed.</summary>
    private async Task<ICBorgClient> ClientAsync(FakeClock clock)
    {
        ICBorgClient client = Clients.For(_emulator.Url, clock, Retries, s_hour, _emulator.Keys["personal"]);
        if (_operation.IsChat || _operation == Operation.Cost)
        {
            await client.GetModelsAsync(refresh: false, null, default).ConfigureAwait(false);
        }

        // What was waited for until here is over.
        clock.Advance(TimeSpan.FromMinutes(10));
        return client;
    }

    private async Task<Found> CallAsync(ICBorgClient client, TaskCompletionSource shown)
    {
        try
        {
            return new Found(
                await _operation.CallAsync(client, text => _ = text.Length > 0 && shown.TrySetResult()).ConfigureAwait(false),
                null,
                []
            );
        }
        catch (CBorgException failure)
        {
            return new Found(null, failure, []);
        }
    }

    /// <summary>Lets the time pass that the client has for a silent server, each time that it has come to that.</summary>
    private async Task PassSilenceAsync(FaultRow row, FakeClock clock, Task call, bool forGood, Task seen)
    {
        TimeSpan wait = WaitOf(row);
        for (int attempt = 1; !call.IsCompleted && (forGood || attempt == 1); attempt++)
        {
            while (
                !call.IsCompleted
                && !(
                    await _control.StalledAsync().ConfigureAwait(false) > 0
                    && (await _control.LedgerAsync(_operation.Path).ConfigureAwait(false)).Length >= attempt
                )
            )
            {
                await Task.Yield();
            }

            await Task.WhenAny(call, Task.WhenAll(clock.Waiting(wait), seen)).Soon().ConfigureAwait(false);
            if (!call.IsCompleted)
            {
                clock.Advance(wait);
                await Task.Yield();
            }
        }
    }

    private TimeSpan WaitOf(FaultRow row) =>
        _operation == Operation.Cost ? s_estimatePatience
        : row.Script.StartsWith("stall-mid-stream", StringComparison.Ordinal) ? s_silence
        : row.Script == "stall-at-end" ? s_endPatience
        : _operation.HasBody ? Clients.FirstByteTimeout
        : Clients.FirstByteTimeout + TimeSpan.FromSeconds(15);
}
