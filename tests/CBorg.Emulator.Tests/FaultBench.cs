using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Ledgers;
using CBorg.Emulator.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CBorg.Emulator.Tests;

/// <summary>The instruments before a handler with one fixed reply, and a client that reads bytes.</summary>
internal sealed class FaultBench : IAsyncDisposable
{
    public const string Text = "Grüße 日本 😀";

    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private FaultBench(WebApplication app, World world, Instruments instruments)
    {
        (_app, World, Instruments) = (app, world, instruments);
        Url = new Uri(app.Urls.First());
    }

    public Uri Url { get; }

    public World World { get; }

    public Instruments Instruments { get; }

    public string Key => World.Catalog.Keys[0].Key;

    public static async Task<FaultBench> StartAsync()
    {
        var options = new EmulatorOptions();
        var world = new World(new CatalogReader("1.102", options.Clock).Read("cborg"), options);
        var instruments = new Instruments(world);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1)
        );
        var app = builder.Build();
        instruments.Use(app);
        app.Run(ReplyAsync);
        await app.StartAsync();
        return new FaultBench(app, world, instruments);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    /// <summary>Asks for a stream, or a plain reply, with a script in the header, and reads the connection to its end.</summary>
    public Task<Wire> AskAsync(
        string? script,
        bool stream = true,
        string accept = "application/json",
        int timeout = 5000,
        string path = "/v1/chat/completions",
        string model = "gpt-4o"
    )
    {
        var body =
            $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"Hi"}]}""";
        return Wire.SendAsync(
            Url,
            $"POST {path} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nUser-Agent: bench\r\nAuthorization: Bearer {Key}\r\nConnection: close\r\n"
                + $"{(script is null ? "" : $"x-emulate: {script}\r\n")}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}",
            timeout
        );
    }

    public async Task<JsonNode> ControlAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, "/__control/" + path));
        request.Content = body is null ? null : new StringContent(body);
        using var response = await _http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static async Task ReplyAsync(HttpContext context)
    {
        var request = await JsonNode.ParseAsync(context.Request.Body);
        LedgerEntry.Of(context).Settle("deployment", 9, 4, 0.25);
        context.Response.Headers["x-litellm-call-id"] = "call";
        if ((bool?)request?["stream"] == true)
        {
            await StreamAsync(context.Response);
            return;
        }

        var text =
            $$$"""{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"{{{Text}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13}}""";
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }

    private static async Task StreamAsync(HttpResponse response)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        string Chunk(string choice, string more = "") =>
            $$"""data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,{{choice}}}]{{more}}}""" + "\n\n";
        var events = string.Concat(
            Chunk("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}"),
            string.Concat(Text.Split(' ').Select(word => Chunk($"\"delta\":{{\"content\":\"{word}\"}}"))),
            Chunk("\"delta\":{},\"finish_reason\":\"stop\""),
            Chunk("\"delta\":{}", ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}"),
            "data: [DONE]\n\n"
        );

        // Written in pieces that have nothing to do with the events.
        foreach (var piece in Encoding.UTF8.GetBytes(events).Chunk(50))
        {
            await response.Body.WriteAsync(piece);
            await response.Body.FlushAsync();
        }
    }
}
