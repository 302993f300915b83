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

namespace CBorg.Module.Tests.Engine.Stub;

/// <summary>A server on this machine that says what a test wants it to, over real sockets: one request a connection, every
/// byte as written.</summary>
internal sealed class StubServer : IDisposable
{
    public const string Key = "sk-stub-0123456789abcdef";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private readonly ConcurrentQueue<Func<StubExchange, Task>> _script = new();
    private readonly BlockingCollection<StubExchange> _chats = [];

    public StubServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Answers chats for which no answer is queued.</summary>
    public Func<StubExchange, Task> Chat { get; set; } = exchange => exchange.AnswerAsync("B");

    /// <summary>Answers everything but chats and the catalogue.</summary>
    public Func<StubExchange, Task> Other { get; set; } = exchange => exchange.JsonAsync(404, """{"detail":"Not Found"}""");

    /// <summary>Answers the limiter's question for the key's limits. Null: like everything else.</summary>
    public Func<StubExchange, Task>? Account { get; set; } =
        exchange => exchange.JsonAsync(200, """{"info":{"key_name":"sk-...WXYZ","max_parallel_requests":64}}""");

    public Func<StubExchange, Task> Catalog { get; set; } = exchange => exchange.JsonAsync(200, StubReplies.Catalog);

    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public IReadOnlyList<StubRequest> Chats => [.. _requests.Where(request => request.IsChat)];

    public int CatalogCount => _requests.Count(request => request.Path == "/model/info");

    /// <summary>Queues the answer to the next chat that has none.</summary>
    public void Next(Func<StubExchange, Task> answer) => _script.Enqueue(answer);

    /// <summary>Waits for the next chat to arrive whose answer is under way.</summary>
    public async Task<StubExchange> ChatArrivedAsync()
    {
        using CancellationTokenSource timeout = new(TestTimeout.Long);
        return await Task.Run(() => _chats.Take(timeout.Token));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _chats.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken stop = _stop.Token;
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(stop), stop);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        using NetworkStream line = new(socket, ownsSocket: true);
        try
        {
            if (await StubRequest.ReadAsync(line, stop) is not { } request)
            {
                return;
            }

            _requests.Enqueue(request);
            using StubExchange exchange = new(request, socket, line, stop);
            await Handler(exchange)(exchange);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client has gone, or the test is over.
        }
    }

    private Func<StubExchange, Task> Handler(StubExchange exchange)
    {
        if (exchange.Request.Path == "/model/info")
        {
            return Catalog;
        }

        if (!exchange.Request.IsChat)
        {
            return exchange.Request.Path is "/key/info" or "/user/info" ? Account ?? Other : Other;
        }

        _chats.Add(exchange);
        return _script.TryDequeue(out Func<StubExchange, Task>? scripted) ? scripted : Chat;
    }
}
