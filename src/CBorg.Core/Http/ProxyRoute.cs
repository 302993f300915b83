using System;
using System.Linq;
using System.Net;
#if NET
using System.Net.Http;
#endif

namespace CBorg.Core.Http;

/// <summary>
/// The web proxy that requests to an address go through. The environment is read by us, each time: the framework reads it once
/// in a process, and in Windows PowerShell 5.1 not at all, so that a variable set in a session would have no effect.
/// </summary>
/// <param name="Proxy">It, with its credentials.</param>
/// <param name="Source">Where it is from, for people to read.</param>
/// <param name="Key">Tells it from others; without secrets.</param>
internal sealed record ProxyRoute(IWebProxy Proxy, string Source, string Key)
{
    /// <summary>Whether the system decides, address by address, whether there is a proxy at all.</summary>
    public bool IsOfSystem { get; private init; }

    // Small letters first, as everybody else does.
    private static readonly string[] s_variables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    private static readonly string[] s_exceptions = ["no_proxy", "NO_PROXY"];

    /// <returns>Null when requests go straight.</returns>
    public static ProxyRoute? Find(Uri target, ConnectionOptions options, HttpEnvironment environment)
    {
        if (options.Proxy is { } chosen)
        {
            return Of(chosen, options.ProxyCredential, "from -Proxy");
        }

        // A proxy never stands between this machine and itself.
        if (target.IsLoopback || NoProxy.Holds(target, s_exceptions.Select(environment.Variable).FirstOrDefault(IsSet)))
        {
            return null;
        }

        string? variable = s_variables.FirstOrDefault(name => IsSet(environment.Variable(name)));
        return variable is not null && Parse(environment.Variable(variable)!) is { } named
            ? Of(Without(named), Credential(named) ?? options.ProxyCredential, $"from $env:{variable.ToUpperInvariant()}")
            : SystemProxy(options);
    }

    private static ProxyRoute Of(Uri proxy, ICredentials? credential, string source) =>
        new(new WebProxy(proxy) { Credentials = credential }, source, $"{proxy} {CredentialKey.Of(credential)}");

    /// <summary>What the system says of each address is asked when a connection is made.</summary>
    private static ProxyRoute? SystemProxy(ConnectionOptions options)
    {
#if NET
        IWebProxy? system = HttpClient.DefaultProxy;
#else
        IWebProxy? system = WebRequest.DefaultWebProxy;
#endif
        return system is null
            ? null
            : new ProxyRoute(system, "from the system", $"system {CredentialKey.Of(options.ProxyCredential)}")
            {
                IsOfSystem = true,
            };
    }

    private static bool IsSet(string? value) => !string.IsNullOrWhiteSpace(value);

    /// <summary>An address without a scheme is one of http.</summary>
    private static Uri? Parse(string text) =>
        Uri.TryCreate(
            text.Contains("://", StringComparison.Ordinal) ? text.Trim() : $"http://{text.Trim()}",
            UriKind.Absolute,
            out Uri? proxy
        )
        && proxy.Host.Length > 0
            ? proxy
            : null;

    private static Uri Without(Uri proxy) => new(proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));

    private static NetworkCredential? Credential(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
        {
            return null;
        }

        string[] parts = proxy.UserInfo.Split([':'], 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
