using System;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Module.Tests.Engine.Stub;

/// <summary>A request that waits for its answer, and the line it came on.</summary>
internal sealed class StubExchange : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _line;
    private readonly CancellationToken _stop;
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _chunked;

    public StubExchange(StubRequest request, Socket socket, NetworkStream line, CancellationToken stop)
    {
        (Request, _socket, _line, _stop) = (request, socket, line, stop);
        _ = WatchAsync();
    }

    public StubRequest Request { get; }

    /// <summary>Ends when the client has closed its end of the line.</summary>
    public Task Gone => _gone.Task;

    /// <summary>A whole answer with one text, as a stream or a body, as asked for.</summary>
    public async Task AnswerAsync(string text, string finish = "stop")
    {
        if (!Request.Streams)
        {
            await JsonAsync(
                200,
                StubReplies.Body(text, finish),
                StubReplies.CallHeaders + "x-litellm-response-cost: 0.00123\r\n"
            );
            return;
        }

        await BeginStreamAsync();
        foreach (string piece in text.Split('|'))
        {
            await PieceAsync(piece);
        }

        await EndStreamAsync(finish);
    }

    public Task JsonAsync(int status, string body, string headers = "") => ReplyAsync(status, "application/json", body, headers);

    public async Task ReplyAsync(int status, string contentType, string body, string headers = "")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        await WriteAsync(
            $"HTTP/1.1 {status} Stub\r\nContent-Type: {contentType}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n{headers}\r\n"
        );
        await _line.WriteAsync(bytes, _stop);
        await CloseAsync();
    }

    /// <summary>LiteLLM's envelope of an error.</summary>
    public Task ErrorAsync(int status, string? type, string message, string headers = "", string? param = null) =>
        JsonAsync(
            status,
            JsonSerializer.Serialize(
                new
                {
                    error = new
                    {
                        message,
                        type,
                        param,
                        code = status.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    },
                }
            ),
            headers
        );

    /// <summary>Sends the headers of a stream.</summary>
    public async Task BeginStreamAsync(string contentType = "text/event-stream; charset=utf-8")
    {
        _chunked = true;
        await WriteAsync(
            $"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n{StubReplies.CallHeaders}\r\n"
        );
    }

    public Task PieceAsync(string text) => EventAsync(StubReplies.Chunk(text, null));

    public async Task EndStreamAsync(string finish = "stop")
    {
        await EventAsync(StubReplies.Chunk(null, finish));
        await EventAsync(StubReplies.UsageChunk);
        await EventAsync("[DONE]");
        await WriteAsync("0\r\n\r\n");
        await CloseAsync();
    }

    public async Task EventAsync(string data)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"data: {data}\n\n");
        await WriteAsync(_chunked ? $"{bytes.Length:x}\r\n" : "");
        await _line.WriteAsync(bytes, _stop);
        await WriteAsync(_chunked ? "\r\n" : "");
    }

    /// <summary>Breaks the line as a router that lost its power does.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>Says nothing more until the client has gone or the test is over.</summary>
    public Task StallAsync() => Gone.WaitAsync(_stop);

    public void Dispose() => _gone.TrySetResult();

    private async Task WriteAsync(string text) => await _line.WriteAsync(Encoding.UTF8.GetBytes(text), _stop);

    private async Task CloseAsync()
    {
        _socket.Shutdown(SocketShutdown.Send);
        await Gone.WaitAsync(_stop);
    }

    /// <summary>A client sends nothing after its request: whatever a read says means that it has gone.</summary>
    private async Task WatchAsync()
    {
        try
        {
            _ = await _socket.ReceiveAsync(new byte[1], SocketFlags.None, _stop);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It has gone the hard way.
        }

        _gone.TrySetResult();
    }
}
