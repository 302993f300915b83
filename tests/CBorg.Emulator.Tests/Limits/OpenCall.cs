using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>A call on a connection of its own, which its client can close.</summary>
internal sealed class OpenCall : IDisposable
{
    private readonly LimitBench _bench;
    private readonly TcpClient _client = new() { NoDelay = true };

    private OpenCall(LimitBench bench) => _bench = bench;

    /// <summary>Sends a call and returns when it waits for its provider.</summary>
    public static async Task<OpenCall> SendAsync(LimitBench bench, JsonObject body)
    {
        var call = new OpenCall(bench);
        await call._client.ConnectAsync(bench.Caller.Host.Url.Host, bench.Caller.Host.Url.Port);
        await call._client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(bench.Caller.Raw("key", body)));
        await bench.Caller.UntilWaitingAsync(1);
        return call;
    }

    /// <summary>Closes the connection and waits until the emulator has seen it, and has done what it does at once.</summary>
    public async Task CloseAsync()
    {
        _client.Close();
        await Caller.UntilAsync(
            async () => (await _bench.Caller.LedgerAsync()).Any(row => (bool)row["client_closed"]!),
            "clients that left"
        );
        await _bench.Clock.AdvanceAsync(TimeSpan.Zero);
    }

    public void Dispose() => _client.Dispose();
}
