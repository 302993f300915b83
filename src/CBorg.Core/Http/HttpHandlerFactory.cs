using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>The one place that knows which HTTP stack this runs on.</summary>
internal static class HttpHandlerFactory
{
    private const int MostConnections = 256;

    /// <summary>
    /// No redirects: they would carry the key to wherever the server points. No cookies: each request stands alone.
    /// </summary>
    public static HttpMessageHandler Create(StackKey key, ProxyRoute? proxy, ICredentials? proxyCredential)
    {
#if NET
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = key.ConnectTimeout,

            // A reply that is given up is not read on: the server is to notice, and to stop.
            ResponseDrainTimeout = TimeSpan.Zero,

            // A name that moves to another address is noticed by connections made anew.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            MaxConnectionsPerServer = MostConnections,
            MaxResponseHeadersLength = 256,

            // A server allows some hundred requests on an HTTP/2 connection; more of them take another one instead of waiting.
            EnableMultipleHttp2Connections = true,

            // All requests of an HTTP/2 connection die with it, so that it is looked after while any is under way.
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            ConnectCallback = Connect(key.Environment),
        };
        if (key.Environment.AlsoTrusted is { } trusted)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                errors == SslPolicyErrors.None || trusted(certificate);
        }
#else
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = MostConnections,
        };
        if (key.Environment.AlsoTrusted is { } trusted)
        {
            handler.ServerCertificateCustomValidationCallback = (_, certificate, _, errors) =>
                errors == SslPolicyErrors.None || trusted(certificate);
        }

        ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        ServicePoint servicePoint = ServicePointManager.FindServicePoint(key.Address);
        servicePoint.ConnectionLeaseTimeout = 120_000;
        servicePoint.Expect100Continue = false;
#endif
        handler.UseProxy = proxy is not null;
        handler.Proxy = proxy is { IsOfSystem: false } ? proxy.Proxy : null;
        handler.DefaultProxyCredentials = proxyCredential;
        return handler;
    }

#if NET
    /// <summary>The token of the call that a connection is made for.</summary>
    public static readonly HttpRequestOptionsKey<CancellationToken> GivenUp = new("CBorg.GivenUp");

    private static Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> Connect(HttpEnvironment environment)
    {
        RacingConnector connector = new(environment.Resolve, OpenAsync, SystemClock.Instance);
        return (context, token) => new ValueTask<Stream>(ConnectAsync(connector, context, token));
    }

    /// <summary>Where a proxy is on the way, it is what is connected to.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private static async Task<Stream> ConnectAsync(
        RacingConnector connector,
        SocketsHttpConnectionContext context,
        CancellationToken token
    )
    {
        // The handler itself goes on connecting for seconds after the call was given up, and makes the next call wait for that.
        context.InitialRequestMessage.Options.TryGetValue(GivenUp, out CancellationToken givenUp);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(token, givenUp);
        DnsEndPoint target = context.DnsEndPoint;
        Socket socket = await connector.ConnectAsync(target.Host, target.Port, over.Token).ConfigureAwait(false);
        return new NetworkStream(socket, ownsSocket: true);
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private static async Task<Socket> OpenAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
#endif
}
