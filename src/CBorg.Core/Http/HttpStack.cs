using System;
using System.Net.Http;
using System.Net.Http.Headers;

namespace CBorg.Core.Http;

/// <summary>The way from a connection's options to the HTTP stack that serves an address.</summary>
internal sealed class HttpStack(ConnectionOptions options, HttpEnvironment environment)
{
    private static readonly ProductInfoHeaderValue s_userAgent = new(
        "CBorg-PowerShell",
        typeof(HttpStack).Assembly.GetName().Version?.ToString(3) ?? "0"
    );

    public HttpEnvironment Environment => environment;

    /// <summary>Looked up for each request: proxies come and go with the environment.</summary>
    public HttpMessageInvoker For(Uri address)
    {
        ProxyRoute? proxy = Proxy(address);
        return ProcessState.Current.Invoker(Key(address, proxy), proxy, options.ProxyCredential);
    }

    public StackKey Key(Uri address) => Key(address, Proxy(address));

    /// <returns>Null when requests go straight.</returns>
    public ProxyRoute? Proxy(Uri address) => ProxyRoute.Find(address, options, environment);

    /// <summary>A request with what all of ours have.</summary>
    public static HttpRequestMessage Request(HttpMethod method, Uri uri)
    {
        HttpRequestMessage request = new(method, uri)
        {
#if NET
            // HTTP/2 where TLS offers it, else 1.1. Not "or higher": HTTP/3 goes by UDP, which networks swallow without a word.
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
#else
            Version = new Version(1, 1),
#endif
        };
        request.Headers.UserAgent.Add(s_userAgent);
        return request;
    }

    private StackKey Key(Uri address, ProxyRoute? proxy) => new(address, proxy?.Key, options.ConnectTimeout, environment);
}

/// <summary>All that shapes an HTTP stack. Requests that agree in it share connections.</summary>
internal sealed record StackKey(Uri Address, string? Proxy, TimeSpan ConnectTimeout, HttpEnvironment Environment);
