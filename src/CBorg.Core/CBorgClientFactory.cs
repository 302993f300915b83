using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Resilience;

namespace CBorg.Core;

/// <summary>Makes clients. What the module uses of this assembly begins here.</summary>
public static class CBorgClientFactory
{
    /// <summary>A client for a connection. Clients of one service and key share their limits and their catalogue, whichever of the service's addresses they use.</summary>
    /// <exception cref="CBorgRequestException">The address is not acceptable.</exception>
    public static ICBorgClient Create(ConnectionOptions options) => Create(options, SystemClock.Instance, RetryPolicy.Default);

    internal static ICBorgClient Create(ConnectionOptions options, IClock clock, RetryPolicy policy) => Create(options, clock, policy, Surroundings.Machine);

    internal static ICBorgClient Create(ConnectionOptions options, IClock clock, RetryPolicy policy, Surroundings surroundings)
    {
        HttpStack stack = new(options, surroundings);
        IEndpoint endpoint = Endpoints.Of(options, stack, clock);
        bool isReal = ReferenceEquals(clock, SystemClock.Instance);
        SharedState shared = isReal ? SharedState.For(endpoint.Service, options.ApiKey(), options.ShareRateLimit, clock) : new SharedState(clock, new PrivateStore());

        // An outage is of an address; where there is a choice of them, of all together.
        string way = endpoint is FixedEndpoint ? endpoint.Current.Address.AbsoluteUri : endpoint.Service;
        ServiceState service = isReal ? ServiceState.For(way, clock) : new ServiceState(clock);
        return new CBorgClient(new ClientServices(options, endpoint, stack, shared, service, clock, policy), options);
    }
}
