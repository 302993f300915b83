using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using CBorg.Core.Http;
using CBorg.Core.Models;
using CBorg.Core.Resilience;

namespace CBorg.Core;

/// <summary>What all clients of one endpoint and key share within the process: the books of the limiter, and the catalogue of models. Keyed by the key's hash, never the key.</summary>
internal sealed class SharedState(IClock clock, ServiceState? service = null)
{
    private static readonly ConcurrentDictionary<(Uri Endpoint, string KeyHash), SharedState> s_all = new();

    private ModelCatalog? _catalog;

    public CallLimiter Limiter { get; } = new(clock);

    /// <summary>Of the endpoint, whichever key asks.</summary>
    public ServiceState Service { get; } = service ?? new(clock);

    public static SharedState For(Uri endpoint, string? key, IClock clock) => s_all.GetOrAdd((endpoint, Hash(key ?? "")), _ => new SharedState(clock, ServiceState.For(endpoint, clock)));

    public ModelCatalog Catalog(JsonCaller caller) => LazyInitializer.EnsureInitialized(ref _catalog, () => new ModelCatalog(caller, clock))!;

    private static string Hash(string key)
    {
        using SHA256 sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(key)));
    }
}
