using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;

namespace CBorg.Core.Http;

/// <summary>One HTTP stack per endpoint and proxy for the whole process, so that connections outlive cmdlets and are shared by runspaces.</summary>
internal static class HttpPool
{
    private static readonly ConcurrentDictionary<(Uri Base, Uri? Proxy, ICredentials? Credential), Lazy<HttpMessageInvoker>> s_invokers = new();

    public static HttpMessageInvoker Get(Uri baseAddress, Uri? proxy, ICredentials? credential) =>
        s_invokers.GetOrAdd(
            (baseAddress, proxy, credential),
            key => new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(HttpHandlerFactory.Create(key.Base, key.Proxy, key.Credential)))).Value;
}
