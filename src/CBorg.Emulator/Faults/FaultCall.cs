using System;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;
using CBorg.Emulator.Ledgers;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Faults;

/// <summary>The request that a fault befalls.</summary>
internal sealed class FaultCall(HttpContext context, LedgerEntry entry, Waits waits, string limitErrorType)
{
    public HttpContext Http { get; } = context;

    public LedgerEntry Entry { get; } = entry;

    /// <summary>error.type of the limiter's 429 in the generation that is played.</summary>
    public string LimitErrorType { get; } = limitErrorType;

    public string Model => Entry.Model ?? "unknown";

    public Task<bool> BreakAsync(LineEnd how)
    {
        Entry.BrokenByFault = true;
        return Connection.BreakAsync(Http, how);
    }

    /// <summary>Waits; false when the client went away meanwhile.</summary>
    public async Task<bool> WaitAsync(TimeSpan? time)
    {
        try
        {
            await waits.DelayAsync(time, Http.RequestAborted);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
