using System;
using System.Net.Sockets;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Faults;

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
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }

        context.Abort();
        return true;
    }
}
