using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>Answers at once with prepared bytes, by route; keep-alive. What remains of a call's time is the client's.</summary>
internal sealed class CannedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, byte[]> _replies = [];
    private long _ticks;
    private long _chats;

    public CannedServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public void Reply(string path, string contentType, byte[] body, string headers = "") =>
        _replies[path] = [
            .. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\ncontent-type: {contentType}\r\ncontent-length: {body.Length}\r\n{headers}\r\n"
            ),
            .. body,
        ];

    /// <summary>How long each chat is to take; timers of a busy machine are late.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How long a chat really took on average.</summary>
    public TimeSpan Taken => TimeSpan.FromTicks(Interlocked.Read(ref _ticks) / Math.Max(1, Interlocked.Read(ref _chats)));

    /// <summary>Forgets what was taken so far.</summary>
    public void Restart() => _ = (Interlocked.Exchange(ref _ticks, 0), Interlocked.Exchange(ref _chats, 0));

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                client.NoDelay = true;
                _ = ServeAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient connection = client;
        NetworkStream stream = connection.GetStream();
        byte[] buffer = new byte[1 << 20];
        int count = 0;
        try
        {
            while (true)
            {
                int end = Encoding.ASCII.GetString(buffer, 0, count).IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (end >= 0 && count >= end + 4 + BodyLength(buffer, end))
                {
                    int used = end + 4 + BodyLength(buffer, end);
                    string path = Encoding.ASCII.GetString(buffer, 0, end).Split(' ')[1];
                    if (Delay > TimeSpan.Zero && path.EndsWith("/chat/completions", StringComparison.Ordinal))
                    {
                        long from = Stopwatch.GetTimestamp();
                        await Task.Delay(Delay, _stop.Token).ConfigureAwait(false);
                        Interlocked.Add(ref _ticks, Stopwatch.GetElapsedTime(from).Ticks);
                        Interlocked.Increment(ref _chats);
                    }

                    await stream.WriteAsync(_replies[path], _stop.Token).ConfigureAwait(false);
                    Buffer.BlockCopy(buffer, used, buffer, 0, count - used);
                    count -= used;
                    continue;
                }

                int read = await stream.ReadAsync(buffer.AsMemory(count), _stop.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }

                count += read;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.IO.IOException)
        {
            // The bench is over.
        }
    }

    private static int BodyLength(byte[] buffer, int headEnd)
    {
        string head = Encoding.ASCII.GetString(buffer, 0, headEnd);
        int at = head.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
        return at < 0
            ? 0
            : int.Parse(
                head.AsSpan(at + 15, (head.IndexOf('\r', at) is var end and >= 0 ? end : head.Length) - at - 15).Trim(),
                System.Globalization.CultureInfo.InvariantCulture
            );
    }
}
