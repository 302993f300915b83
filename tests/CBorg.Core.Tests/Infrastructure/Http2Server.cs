using System;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>A server on loopback that speaks HTTP/2 over TLS, and 1.1 to who wants that. It answers when it is let.</summary>
internal sealed class Http2Server : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Http2Server(X509Certificate2 certificate, HttpProtocols protocols, Func<Task> answering)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    listen.Protocols = protocols;
                    listen.UseHttps(certificate);
                }
            )
        );
        _app = builder.Build();
        _app.Run(async context =>
        {
            Requests.Enqueue((context.Request.Protocol, context.Connection.Id));
            await answering().ConfigureAwait(false);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{}").ConfigureAwait(false);
        });
    }

    /// <summary>Of each request the protocol and the connection it came on.</summary>
    public ConcurrentQueue<(string Protocol, string Line)> Requests { get; } = new();

    public int Port { get; private set; }

    public static async Task<Http2Server> StartAsync(
        X509Certificate2 certificate,
        HttpProtocols protocols = HttpProtocols.Http1AndHttp2,
        Func<Task>? answering = null
    )
    {
        Http2Server server = new(certificate, protocols, answering ?? (() => Task.CompletedTask));
        await server._app.StartAsync().ConfigureAwait(false);
        foreach (
            string address in server
                ._app.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses
        )
        {
            server.Port = new Uri(address).Port;
        }

        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
