using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Models;
using CBorg.Core.Resilience;
using CBorg.Core.Store;

namespace CBorg.Core;

/// <summary>What all clients of one service and key share within the process, by whatever address they reach it: the books of the limiter, and the catalogue of models. Keyed by the key's hash, never the key.</summary>
internal sealed class SharedState(IClock clock, ILimitStore store)
{
    private static readonly ConcurrentDictionary<(string Service, string KeyHash, bool IsShared), SharedState> s_all = new();

    private readonly CatalogMemory _catalog = new();

    public RateLimiter Limiter { get; } = new(clock, store);

    /// <param name="service">The service, by whatever address.</param>
    /// <param name="key">The key.</param>
    /// <param name="shares">Whether the books are shared with this user's other processes too.</param>
    /// <param name="clock">The time.</param>
    public static SharedState For(string service, string? key, bool shares, IClock clock) => s_all.GetOrAdd(
        (service, Hash(key ?? ""), shares),
        id => new SharedState(clock, shares ? Shared(id.Service, id.KeyHash, clock) : new PrivateStore()));

    private static SharedStore Shared(string service, string keyHash, IClock clock)
    {
        SharedStore store = new(SharedCells.Ours.Cell($"limits {LimitCodec.Layout} of {service} for {keyHash}"), clock);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => store.Dispose();
        return store;
    }

    public ModelCatalog Catalog(JsonCaller caller) => new(caller, _catalog, clock);

    private static string Hash(string key)
    {
        using SHA256 sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(key)));
    }
}
