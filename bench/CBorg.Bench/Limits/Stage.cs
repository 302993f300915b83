using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;
using CBorg.Emulator.State;

namespace CBorg.Bench.Limits;

/// <summary>
/// Turns the clock on as soon as nothing can happen any more without it: every call waits in the client for its permission,
/// or in the emulator for the clock. So the requests take real sockets
/// but no time, however busy the machine is.
/// </summary>
internal sealed class Stage(TurnableClock clock)
{
    /// <summary>Chats that have begun and not ended.</summary>
    public int Chats;

    /// <summary>Calls to the service of any kind, the client's own questions among them.</summary>
    public int Running;

    /// <summary>Chats that the client has told to wait.</summary>
    public int Waiting;

    /// <summary>Chats that have their permission, as the books say.</summary>
    public int Places;

    /// <summary>Requests of somebody else.</summary>
    public int Others;

    /// <summary>What the client's limiter has handed to the pool and is not done.</summary>
    public int Posted;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);
    private long _changes;

    /// <summary>How often the clock was turned although it never became quiet; each is a call that took longer than on a
    /// real line.</summary>
    public int Impatient { get; private set; }

    public void Count(ref int counter, int by)
    {
        Interlocked.Add(ref counter, by);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Has something of the client's done soon, by the pool.</summary>
    public void Post(Action work)
    {
        Count(ref Posted, 1);
        ThreadPool.QueueUserWorkItem(_ =>
        {
            work();
            Count(ref Posted, -1);
        });
    }

    public void SetPermits(int places)
    {
        Volatile.Write(ref Places, places);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Lets time pass until the horizon, or until all is done.</summary>
    public async Task PlayAsync(World world, TimeSpan horizon, Task done)
    {
        while (world.Age < horizon && !done.IsCompleted)
        {
            await QuietAsync(world).ConfigureAwait(false);
            TimeSpan left = horizon - world.Age;
            TimeSpan step = clock.Next is { } next ? next - world.Now : left;
            await clock
                .AdvanceAsync(
                    step < TimeSpan.Zero ? TimeSpan.Zero
                    : step < left ? step
                    : left
                )
                .ConfigureAwait(false);
        }
    }

    private async Task QuietAsync(World world)
    {
        long began = Environment.TickCount64;
        for (int looks = 0; ; looks++)
        {
            if (await IsQuietAsync(world).ConfigureAwait(false))
            {
                return;
            }

            if (Environment.TickCount64 - began > s_timeout.TotalMilliseconds)
            {
                Impatient++;
                return;
            }

            await (looks < 50 ? YieldAsync() : Task.Delay(1)).ConfigureAwait(false);
        }
    }

    /// <summary>Quiet, and still so when all that was queued on the pool meanwhile has had its turn.</summary>
    private async Task<bool> IsQuietAsync(World world)
    {
        long changes = Interlocked.Read(ref _changes);
        for (int i = 0; i < 3; i++)
        {
            if (!Balances(world) || Interlocked.Read(ref _changes) != changes)
            {
                return false;
            }

            await YieldAsync().ConfigureAwait(false);
        }

        return true;
    }

    private bool Balances(World world)
    {
        int chats = Volatile.Read(ref Chats);
        int places = Volatile.Read(ref Places);
        return Volatile.Read(ref Posted) == 0
            && chats == Volatile.Read(ref Running)
            && chats == Volatile.Read(ref Waiting) + places
            && places + Volatile.Read(ref Others) == world.Waits.Asleep;
    }

    private static async Task YieldAsync() => await Task.Yield();
}
