using System;
using System.Collections.Concurrent;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>Makes of a connection's options the endpoint they mean. What was found out about the addresses is shared by the whole process.</summary>
internal static class Endpoints
{
    private static readonly ConcurrentDictionary<StackKey, AutoEndpoint> s_found = new();

    /// <exception cref="CBorgRequestException">The address is not acceptable.</exception>
    public static IEndpoint Of(ConnectionOptions options, HttpStack stack, IClock clock) => options.Endpoint switch
    {
        ServiceEndpoint.Auto when ReferenceEquals(clock, SystemClock.Instance) => s_found.GetOrAdd(stack.Key(stack.Surroundings.LocalAddress), _ => Auto(stack, clock)),
        ServiceEndpoint.Auto => Auto(stack, clock),
        ServiceEndpoint.Local => new FixedEndpoint(stack.Surroundings.LocalAddress, Reason(options)),
        ServiceEndpoint.Public => new FixedEndpoint(stack.Surroundings.PublicAddress, Reason(options)),
        _ => new FixedEndpoint(BaseAddress.Normalize(options.BaseUri), Reason(options)),
    };

    private static AutoEndpoint Auto(HttpStack stack, IClock clock) =>
        new(stack.Surroundings.LocalAddress, stack.Surroundings.PublicAddress, new EndpointProbe(stack, clock), () => Way(stack), clock);

    /// <summary>Another network or another proxy on the way may lead elsewhere.</summary>
    private static string Way(HttpStack stack) => $"{stack.Surroundings.Network()} {stack.Proxy(stack.Surroundings.LocalAddress)?.Key}";

    private static string Reason(ConnectionOptions options) => options.EndpointSource is { } source ? $"Chosen by {source}." : "The default.";
}
