using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core;

/// <summary>Makes clients. What the module uses of this assembly begins here.</summary>
public static class CBorgClientFactory
{
    /// <summary>A client for a connection. Clients of one endpoint and key share their limits and their catalogue.</summary>
    /// <exception cref="CBorgRequestException">The address is not acceptable.</exception>
    public static ICBorgClient Create(ConnectionOptions options) => Create(options, SystemClock.Instance, RetryPolicy.Default);

    internal static ICBorgClient Create(ConnectionOptions options, IClock clock, RetryPolicy policy)
    {
        SharedState shared = ReferenceEquals(clock, SystemClock.Instance)
            ? SharedState.For(BaseAddress.Normalize(options.BaseUri), options.ApiKey(), clock)
            : new SharedState(clock);
        return new CBorgClient(new ClientServices(options, shared, clock, policy), options);
    }
}
