using System;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Http;

/// <summary>Where requests go.</summary>
internal interface IEndpoint
{
    /// <summary>What the limits and the catalogue belong to, whichever address is in use.</summary>
    string Service { get; }

    /// <summary>What is known now; asks nobody.</summary>
    EndpointChoice Current { get; }

    /// <summary>The address for a call that begins.</summary>
    ValueTask<EndpointChoice> ChooseAsync(CancellationToken cancellationToken);

    /// <summary>A call to this address got no answer: whether it is still the right one has to be seen.</summary>
    void Doubt(Uri address);
}

/// <summary>An address to talk to.</summary>
/// <param name="Address">It, normalized.</param>
/// <param name="Reason">Why this one, for people to read.</param>
internal sealed record EndpointChoice(Uri Address, string Reason);
