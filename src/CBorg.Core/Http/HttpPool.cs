using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;

namespace CBorg.Core.Http;

/// <summary>One HTTP stack per address, proxy and patience for the whole process, so that connections outlive cmdlets and are shared by runspaces.</summary>
internal static class HttpPool
{
    private static readonly ConcurrentDictionary<StackKey, Lazy<HttpMessageInvoker>> s_invokers = new();

    /// <param name="key">What the stack is known by.</param>
    /// <param name="proxy">The proxy that the key tells of.</param>
    /// <param name="proxyCredential">Who we are to a proxy of the system.</param>
    public static HttpMessageInvoker Get(StackKey key, ProxyRoute? proxy, ICredentials? proxyCredential) => s_invokers.TryGetValue(key, out Lazy<HttpMessageInvoker>? known)
        ? known.Value
        : s_invokers.GetOrAdd(key, new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(key.Surroundings.Handler ?? HttpHandlerFactory.Create(key, proxy, proxyCredential)))).Value;
}
