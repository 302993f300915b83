using System;
using System.Net;

namespace CBorg.Core.Connection;

/// <summary>The proxy that requests go through, as people may see it.</summary>
internal sealed record ProxyOnTheWay(string Address, string Source)
{
    /// <returns>Null when requests go straight.</returns>
    public static ProxyOnTheWay? Find(Uri target, ConnectionOptions options)
    {
        if (options.Proxy is { } chosen)
        {
            return new ProxyOnTheWay(Shown(chosen), "from -Proxy");
        }

        IWebProxy? system = target.IsLoopback ? null : WebRequest.DefaultWebProxy;
        return system is not null && !system.IsBypassed(target) && system.GetProxy(target) is { } found && found != target
            ? new ProxyOnTheWay(Shown(found), "from the system or $env:HTTPS_PROXY")
            : null;
    }

    /// <summary>Without the user and password that it may hold.</summary>
    private static string Shown(Uri proxy) => proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
