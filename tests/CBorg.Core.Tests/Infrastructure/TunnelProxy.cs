using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>A web proxy on loopback that lets in who knows the word, and leads every tunnel to one port of this
/// machine.</summary>
internal sealed class TunnelProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _word;
    private readonly int _target;

    /// <param name="target">The port where tunnels end.</param>
    /// <param name="word"><c>user:password</c>. Null lets in everybody.</param>
    public TunnelProxy(int target, string? word = null)
    {
        (_target, _word) = (target, word);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The first line of each request, with the status it got.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stopped)
    {
        try
        {
            using (client)
            {
                NetworkStream line = client.GetStream();
                while (await HeadAsync(line, stopped).ConfigureAwait(false) is { Length: > 0 } head)
                {
                    bool welcome =
                        _word is null
                        || head.Contains(
                            $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_word))}\r\n",
                            StringComparison.Ordinal
                        );
                    Asked.Enqueue($"{head[..head.IndexOf("\r\n", StringComparison.Ordinal)]} {(welcome ? 200 : 407)}");
                    if (welcome)
                    {
                        await TunnelAsync(line, stopped).ConfigureAwait(false);
                        return;
                    }

                    await line.WriteAsync(
                            "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
                            stopped
                        )
                        .ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One of the ends has gone.
        }
    }

    private async Task TunnelAsync(NetworkStream line, CancellationToken stopped)
    {
        using TcpClient target = new();
        await target.ConnectAsync(IPAddress.Loopback, _target, stopped).ConfigureAwait(false);
        await line.WriteAsync("HTTP/1.1 200 Go on\r\n\r\n"u8.ToArray(), stopped).ConfigureAwait(false);
        await Task.WhenAny(line.CopyToAsync(target.GetStream(), stopped), target.GetStream().CopyToAsync(line, stopped))
            .ConfigureAwait(false);
    }

    private static async Task<string> HeadAsync(NetworkStream line, CancellationToken stopped)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await line.ReadAsync(one, stopped).ConfigureAwait(false) == 0)
            {
                return "";
            }

            head.Add(one[0]);
        }

        return Encoding.ASCII.GetString([.. head]);
    }
}
