using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>Scripts for <see cref="RawServer"/>.</summary>
internal static class Play
{
    public const string Done = "[DONE]";

    /// <summary>A whole body with its length.</summary>
    public static Func<RawExchange, Task> Json(string body, int status = 200, params string[] headers) =>
        Body(body, "application/json", status, headers);

    public static Func<RawExchange, Task> Body(string body, string contentType, int status, params string[] headers) =>
        exchange =>
            exchange.WriteAsync(
                Head(status, contentType, [$"Content-Length: {Encoding.UTF8.GetByteCount(body)}", .. headers]) + body
            );

    /// <summary>LiteLLM's envelope.</summary>
    public static Func<RawExchange, Task> Error(int status, string message, string? type = null, params string[] headers) =>
        Json(
            $$"""{"error":{"message":{{Text(message)}},"type":{{(type is null ? "null" : Text(type))}},"param":null,"code":"{{status}}"} }""",
            status,
            headers
        );

    /// <summary>A plain answer.</summary>
    public static Func<RawExchange, Task> Answer(string text, params string[] headers) => Json(Answers.Plain(text), 200, headers);

    /// <summary>An event stream to its proper end.</summary>
    public static Func<RawExchange, Task> Events(params string[] events) =>
        async exchange =>
        {
            await BeginAsync(exchange).ConfigureAwait(false);
            foreach (string data in events)
            {
                await exchange.ChunkAsync($"data: {data}\n\n").ConfigureAwait(false);
            }

            await exchange.LastChunkAsync().ConfigureAwait(false);
        };

    /// <summary>An event stream as these very bytes, each piece sent by itself.</summary>
    public static Func<RawExchange, Task> Pieces(params byte[][] pieces) =>
        async exchange =>
        {
            await BeginAsync(exchange).ConfigureAwait(false);
            foreach (byte[] piece in pieces.Where(piece => piece.Length > 0))
            {
                await exchange.ChunkAsync(piece).ConfigureAwait(false);
            }

            await exchange.LastChunkAsync().ConfigureAwait(false);
        };

    /// <summary>Some events, then what else is done to the line.</summary>
    public static Func<RawExchange, Task> EventsThen(Func<RawExchange, Task> then, params string[] events) =>
        async exchange =>
        {
            await BeginAsync(exchange).ConfigureAwait(false);
            foreach (string data in events)
            {
                await exchange.ChunkAsync($"data: {data}\n\n").ConfigureAwait(false);
            }

            await then(exchange).ConfigureAwait(false);
        };

    public static Task Reset(RawExchange exchange)
    {
        exchange.Reset();
        return Task.CompletedTask;
    }

    /// <summary>Says nothing until the client goes.</summary>
    public static Task Hold(RawExchange exchange) => exchange.GoneAsync();

    /// <summary>Says nothing until the client goes, and tells when it has.</summary>
    public static Func<RawExchange, Task> Hold(TaskCompletionSource gone) =>
        async exchange =>
        {
            await exchange.GoneAsync().ConfigureAwait(false);
            gone.TrySetResult();
        };

    public static Task BeginAsync(RawExchange exchange, params string[] headers) =>
        exchange.WriteAsync(Head(200, "text/event-stream; charset=utf-8", ["Transfer-Encoding: chunked", .. headers]));

    public static string Head(int status, string contentType, params string[] headers) =>
        $"HTTP/1.1 {status} Reason\r\nContent-Type: {contentType}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";

    private static string Text(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
