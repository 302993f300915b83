using System;
using CBorg.Core.Http;

namespace CBorg.Core.Connection;

/// <summary>The proxy that requests go through, as people may see it.</summary>
internal sealed record ProxyOnTheWay(string Address, string Source)
{
    /// <returns>Null when requests go straight.</returns>
    public static ProxyOnTheWay? Find(Uri target, HttpStack stack) =>
        stack.Proxy(target) is { } route
        && !route.Proxy.IsBypassed(target)
        && route.Proxy.GetProxy(target) is { } found
        && found != target
            ? new ProxyOnTheWay(Shown(found), route.Source)
            : null;

    /// <summary>Without the user and password that it may hold.</summary>
    private static string Shown(Uri proxy) => proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
