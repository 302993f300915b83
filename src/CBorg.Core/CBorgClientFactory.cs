using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core;

/// <summary>Makes clients. What the module uses of this assembly begins here.</summary>
public static class CBorgClientFactory
{
    /// <summary>
    /// A client for a connection. Clients of one service and key share their limits and their catalogue, whichever of the
    /// service's addresses they use.
    /// </summary>
    /// <exception cref="CBorgRequestException">The address is not acceptable.</exception>
    public static ICBorgClient Create(ConnectionOptions options) => Create(options, SystemClock.Instance, RetryPolicy.Default);

    /// <summary>Whether the connection's key, if it has one, can be sent at all. Every call asks this too.</summary>
    /// <exception cref="CBorgException">It cannot; the message says why, and does not hold the key.</exception>
    public static void CheckKey(ConnectionOptions options)
    {
        if (ApiKeyText.Of(options) is { } key)
        {
            ApiKeyText.Check(key);
        }
    }

    internal static ICBorgClient Create(ConnectionOptions options, IClock clock, RetryPolicy policy) =>
        Create(options, clock, policy, HttpEnvironment.Machine);

    internal static ICBorgClient Create(ConnectionOptions options, IClock clock, RetryPolicy policy, HttpEnvironment environment)
    {
        ProcessState process = ReferenceEquals(clock, SystemClock.Instance) ? ProcessState.Current : new ProcessState(clock);
        HttpStack stack = new(options, environment);
        IEndpoint endpoint = Endpoints.Of(options, stack, clock, process);
        SharedState shared = process.Account(endpoint.Service, options.ApiKey(), options.ShareRateLimit);

        // What is down is an address; where there is a choice of them, all together.
        string address = endpoint is FixedEndpoint ? endpoint.Current.Address.AbsoluteUri : endpoint.Service;
        return new CBorgClient(
            new ClientServices(options, endpoint, stack, shared, process.Service(address), clock, policy),
            options
        );
    }
}
