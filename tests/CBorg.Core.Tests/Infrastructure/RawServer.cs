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

/// <summary>A server on loopback that does to the byte what a script tells it: one script a request, in order; the
/// catalogue has its own.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Func<RawExchange, Task>> _scripts = new();
    private readonly List<RawRequest> _requests = [];
    private readonly List<RawRequest> _catalogRequests = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _accepting;

    public RawServer()
    {
        _listener.Start(512);
        BaseUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri BaseUri { get; }

    /// <summary>Answers <c>/model/info</c>.</summary>
    public Func<RawExchange, Task> Catalog { get; set; } = Play.Json("""{"data":[]}""");

    /// <summary>Answers the limiter's own question for the key's limits. Null: they are scripted like all others.</summary>
    public Func<RawExchange, Task>? Account { get; set; } = Play.Json("""{"info":{"key_name":"sk-...WXYZ"}}""");

    /// <summary>Answers what no script is left for.</summary>
    public Func<RawExchange, Task> Otherwise { get; set; } = Play.Json("""{"error":{"message":"no script left"}}""", 418);

    /// <summary>All requests but those for the catalogue.</summary>
    public IReadOnlyList<RawRequest> Requests => Snapshot(_requests);

    public IReadOnlyList<RawRequest> CatalogRequests => Snapshot(_catalogRequests);

    /// <summary>How many connections were made.</summary>
    public int Lines { get; private set; }

    public RawServer Then(Func<RawExchange, Task> script)
    {
        _scripts.Enqueue(script);
        return this;
    }

    /// <summary>Completes when the next request not yet waited for has arrived.</summary>
    public Task ArrivedAsync() => _arrived.WaitAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
    }

    private static List<RawRequest> Snapshot(List<RawRequest> list)
    {
        lock (list)
        {
            return [.. list];
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient line = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                line.NoDelay = true;
                Lines++;
                _ = Task.Run(() => ServeAsync(line));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient line)
    {
        try
        {
            bool alive = true;
            while (alive && await ReadAsync(line.GetStream()).ConfigureAwait(false) is { } request)
            {
                RawExchange exchange = new(line, request, _stop.Token);
                await Choose(request)(exchange).ConfigureAwait(false);
                alive = exchange.Alive;
            }
        }
        catch (Exception e)
            when (e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The client went away, or the test is over.
        }
        finally
        {
            line.Dispose();
        }
    }

    private Func<RawExchange, Task> Choose(RawRequest request)
    {
        if (Account is { } account && request.Path is "/key/info" or "/user/info")
        {
            return account;
        }

        bool catalog = request.Path is "/model/info";
        List<RawRequest> list = catalog ? _catalogRequests : _requests;
        lock (list)
        {
            list.Add(request);
        }

        if (catalog)
        {
            return Catalog;
        }

        Func<RawExchange, Task> script = _scripts.TryDequeue(out Func<RawExchange, Task>? next) ? next : Otherwise;
        _arrived.Release();
        return script;
    }

    private async Task<RawRequest?> ReadAsync(NetworkStream stream)
    {
        List<byte> bytes = [];
        byte[] buffer = new byte[8192];
        int head;
        while ((head = Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            if (!await MoreAsync(stream, bytes, buffer).ConfigureAwait(false))
            {
                return null;
            }
        }

        string headText = Encoding.Latin1.GetString([.. bytes.Take(head)]);
        int length = RawRequest.Parse(headText, "").Header("Content-Length") is { } announced
            ? int.Parse(announced, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        while (bytes.Count < head + 4 + length)
        {
            if (!await MoreAsync(stream, bytes, buffer).ConfigureAwait(false))
            {
                return null;
            }
        }

        return RawRequest.Parse(headText, Encoding.UTF8.GetString([.. bytes.Skip(head + 4)]));
    }

    private async Task<bool> MoreAsync(NetworkStream stream, List<byte> bytes, byte[] buffer)
    {
        int count = await stream.ReadAsync(buffer, _stop.Token).ConfigureAwait(false);
        bytes.AddRange(buffer.AsSpan(0, count));
        return count > 0;
    }
}
