using System;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Resilience;
using CBorg.Core.Store;

namespace CBorg.Core;

/// <summary>
/// All that outlives a client, for the clients and runspaces of this process to share: connections, what was found out about
/// addresses and services, limits and catalogues. What is not used any more is let go; a client, and a call under way, keep
/// their own.
/// </summary>
internal sealed class ProcessState(IClock clock)
{
    // Longer than the rate limiter remembers what it learned, and longer than any idle connection is kept.
    private static readonly TimeSpan s_unusedFor = TimeSpan.FromMinutes(30);

    private readonly KeptObjects<StackKey, HttpMessageInvoker> _invokers = new(s_unusedFor, clock);
    private readonly KeptObjects<StackKey, AutoEndpoint> _endpoints = new(s_unusedFor, clock);
    private readonly KeptObjects<string, ServiceState> _services = new(s_unusedFor, clock);
    private readonly KeptObjects<string, SharedState> _accounts = new(s_unusedFor, clock);

    // Never let go: one file must not be opened twice in one process, for SQLite's locks are the process's.
    private readonly KeptObjects<string, SharedCells> _stores = new(TimeSpan.MaxValue, clock);

    /// <summary>This process's.</summary>
    public static ProcessState Current { get; } = new(SystemClock.Instance);

    /// <summary>Whether limits may be shared with other processes: not by those that live in a time of their own.</summary>
    public bool IsShareable => ReferenceEquals(clock, SystemClock.Instance);

    /// <summary>How many objects are kept in all.</summary>
    public int Count => _invokers.Count + _endpoints.Count + _services.Count + _accounts.Count + _stores.Count;

    /// <summary>One HTTP stack per address, proxy and time to connect, so that connections outlive cmdlets.</summary>
    /// <param name="key">What the stack is known by.</param>
    /// <param name="proxy">The proxy that the key tells of.</param>
    /// <param name="proxyCredential">Who we are to a proxy of the system.</param>
    public HttpMessageInvoker Invoker(StackKey key, ProxyRoute? proxy, ICredentials? proxyCredential) =>
        _invokers.Get(
            key,
            one => new HttpMessageInvoker(one.Environment.Handler ?? HttpHandlerFactory.Create(one, proxy, proxyCredential))
        );

    /// <summary>What was found out about a choice of addresses.</summary>
    public AutoEndpoint Endpoint(StackKey key, Func<StackKey, AutoEndpoint> make) => _endpoints.Get(key, make);

    /// <summary>What is known of the state of a service.</summary>
    /// <param name="address">Its address, or the name of all its addresses together.</param>
    public ServiceState Service(string address) => _services.Get(address, _ => new ServiceState(clock));

    /// <summary>
    /// The limits and the catalogue of a service and key, by whatever address it is reached. Known by the key's hash, never the
    /// key.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="key">The key.</param>
    /// <param name="shares">Whether the limits are shared with this user's other processes too.</param>
    public SharedState Account(string service, string? key, bool shares)
    {
        // Two versions of the module keep apart by the layout in the name.
        string name = System.FormattableString.Invariant($"limits {LimitCodec.Layout} of {service} for {Hash(key ?? "")}");
        return shares && IsShareable
            ? _accounts.Get("shared " + name, _ => new SharedState(clock, Shared(name)))
            : _accounts.Get(name, _ => new SharedState(clock, new PrivateStore()));
    }

    private SharedStore Shared(string name)
    {
        SharedStore store = new(Store(CBorgHome.Folder).Cell(name), clock);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => store.Dispose();
        return store;
    }

    private SharedCells Store(string folder) => _stores.Get(folder, one => new SharedCells(one));

    private static string Hash(string key)
    {
        using SHA256 sha = SHA256.Create();
        return Convert.ToBase64String(sha.ComputeHash(Encoding.UTF8.GetBytes(key)));
    }
}
