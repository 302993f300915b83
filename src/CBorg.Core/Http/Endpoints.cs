using System;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>
/// Makes of a connection's options the endpoint they mean. What was found out about the addresses is shared by the whole
/// process.
/// </summary>
internal static class Endpoints
{
    /// <exception cref="CBorgRequestException">The address is not acceptable.</exception>
    public static IEndpoint Of(ConnectionOptions options, HttpStack stack, IClock clock, ProcessState process) =>
        options.Endpoint switch
        {
            ServiceEndpoint.Auto => process.Endpoint(stack.Key(stack.Environment.LocalAddress), _ => Auto(stack, clock)),
            ServiceEndpoint.Local => new FixedEndpoint(stack.Environment.LocalAddress, Reason(options)),
            ServiceEndpoint.Public => new FixedEndpoint(stack.Environment.PublicAddress, Reason(options)),
            _ => new FixedEndpoint(BaseAddress.Normalize(options.BaseUri), Reason(options)),
        };

    private static AutoEndpoint Auto(HttpStack stack, IClock clock) =>
        new(
            stack.Environment.LocalAddress,
            stack.Environment.PublicAddress,
            new EndpointProbe(stack, clock),
            () => Way(stack),
            clock
        );

    /// <summary>Another network or another proxy on the way may lead elsewhere.</summary>
    private static string Way(HttpStack stack) =>
        $"{stack.Environment.Network()} {stack.Proxy(stack.Environment.LocalAddress)?.Key}";

    private static string Reason(ConnectionOptions options) =>
        options.EndpointSource is { } source ? $"Chosen by {source}." : "The default.";
}
