using System;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Http;

/// <summary>One address and no other.</summary>
internal sealed class FixedEndpoint(Uri address, string reason) : IEndpoint
{
    public string Service { get; } = CBorgAddresses.ServiceOf(address);

    public EndpointChoice Current { get; } = new(address, reason);

    public ValueTask<EndpointChoice> ChooseAsync(CancellationToken cancellationToken) => new(Current);

    public void Doubt(Uri address) { }
}
