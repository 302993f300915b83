using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Faults;

/// <summary>Lets the fault of a request happen: that of its x-emulate header, else the queue's.</summary>
internal sealed class FaultRunner(World world, FaultQueue queue, string limitErrorType)
{
    public const string Header = "x-emulate";

    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var entry = LedgerEntry.Of(context);
        FaultScript? script;
        try
        {
            script = Find(context, entry);
        }
        catch (FaultScriptError error)
        {
            await RefuseAsync(context.Response, error);
            return;
        }

        if (script is null)
        {
            await next(context);
            return;
        }

        entry.Fault = script.Text;
        await RunAsync(script, new FaultCall(context, entry, world.Waits, limitErrorType), next);
    }

    /// <summary>Says what is wrong with a script, and what there is.</summary>
    public static Task RefuseAsync(HttpResponse response, FaultScriptError error)
    {
        var names = new JsonObject();
        foreach (var known in FaultDefinition.All)
        {
            names[known.Name] =
                $"{known.Summary}{(known.Arguments.Count == 0 ? "" : $" ({string.Join(", ", known.Arguments)})")}";
        }

        var body = new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = error.Message,
                ["type"] = "fault_script_error",
                ["param"] = Header,
                ["code"] = "400",
            },
            ["faults"] = names,
        };
        return new FaultReply(Json.Write(body), "application/json").WriteAsync(response, StatusCodes.Status400BadRequest);
    }

    private FaultScript? Find(HttpContext context, LedgerEntry entry)
    {
        if (context.Request.Headers.TryGetValue(Header, out var script))
        {
            return FaultScript.Parse(script.ToString());
        }

        var key = RequestKey.Of(context.Request);
        return queue.Take(entry, key is null ? null : world.FindKey(key));
    }

    private static async Task RunAsync(FaultScript script, FaultCall call, RequestDelegate next)
    {
        var faults = script.Make();
        foreach (var fault in faults)
        {
            if (await fault.BeforeAsync(call))
            {
                return;
            }
        }

        var own = call.Http.Response.Body;
        using var stream = new FaultStream(own, call, faults);
        call.Http.Response.Body = stream;
        try
        {
            await next(call.Http);
            await stream.FinishAsync();
        }
        catch (OperationCanceledException) when (call.Http.RequestAborted.IsCancellationRequested) { }
        finally
        {
            call.Http.Response.Body = own;
        }
    }
}

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

/// <summary>Ends connections in ways that a web server never would.</summary>
internal static class Connection
{
    // What was sent before has to be on its way: a reset throws away what still waits.
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(60);

    public static async Task<bool> BreakAsync(HttpContext context, LineEnd how)
    {
        var socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        await Task.Delay(s_grace);
        try
        {
            if (how == LineEnd.Reset)
            {
                socket?.Close(timeout: 0);
            }
            else
            {
                socket?.Shutdown(SocketShutdown.Send);
                await Task.Delay(s_grace);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException) { }

        context.Abort();
        return true;
    }
}
