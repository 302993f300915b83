using System;
using System.Net;
using System.Net.Http;

namespace CBorg.Core.Http;

/// <summary>The one place that knows which HTTP stack this runs on.</summary>
internal static class HttpHandlerFactory
{
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>No redirects: they would carry the key to wherever the server points. No cookies: each request stands alone.</summary>
    public static HttpMessageHandler Create(Uri baseAddress, Uri? proxy, ICredentials? proxyCredential)
    {
        IWebProxy? webProxy = proxy is null ? null : new WebProxy(proxy) { Credentials = proxyCredential };
#if NET
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,

            // A reply that is given up is not read on: the server is to notice, and to stop.
            ResponseDrainTimeout = TimeSpan.Zero,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            MaxConnectionsPerServer = 256,
            MaxResponseHeadersLength = 256,
        };
#else
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 256,
        };
        ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        ServicePoint servicePoint = ServicePointManager.FindServicePoint(baseAddress);
        servicePoint.ConnectionLeaseTimeout = 120_000;
        servicePoint.Expect100Continue = false;
#endif
        // A proxy never stands between this machine and itself.
        handler.UseProxy = !baseAddress.IsLoopback || webProxy is not null;
        if (webProxy is not null)
        {
            handler.Proxy = webProxy;
        }
        else if (proxyCredential is not null)
        {
            handler.DefaultProxyCredentials = proxyCredential;
        }

        return handler;
    }
}
