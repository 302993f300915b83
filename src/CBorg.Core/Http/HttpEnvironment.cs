using System;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Http;

/// <summary>What the HTTP stack takes from the machine it runs on. Tests put their own in its place.</summary>
internal sealed class HttpEnvironment
{
    public static HttpEnvironment Machine { get; } = new();

    /// <summary>The addresses of a name, in the system's order of preference.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = ResolveAsync;

    /// <summary>An environment variable of this moment; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The networks that this machine is in; see <see cref="NetworkIdentity"/>.</summary>
    public Func<string> Network { get; init; } = NetworkIdentity.Read;

    /// <summary>Accepts certificates that the system does not trust. Null, always but in tests: none.</summary>
    public Func<X509Certificate?, bool>? AlsoTrusted { get; init; }

    /// <summary>Answers in the network's place. Null, always but in tests: nobody.</summary>
    public HttpMessageHandler? Handler { get; init; }

    public Uri PublicAddress { get; init; } = CBorgAddresses.Public;

    public Uri LocalAddress { get; init; } = CBorgAddresses.Local;

    private static Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken) =>
#if NET
        Dns.GetHostAddressesAsync(name, cancellationToken);
#else
        Dns.GetHostAddressesAsync(name);
#endif
}
