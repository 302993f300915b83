using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>
/// Takes the Laboratory's own address where it answers, else the public one. What was found is kept for a while for each
/// network that this machine is in, and found anew after a call got no answer.
/// </summary>
internal sealed class AutoEndpoint(Uri local, Uri fallback, EndpointProbe probe, Func<string> network, IClock clock) : IEndpoint
{
    /// <summary>How long a choice is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long the machine is taken to stay in the network it was seen in: finding out costs some milliseconds.
    /// </summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, KeptChoice> _choices = new(StringComparer.Ordinal);
    private string? _network;
    private TimeSpan _networkSeenAt;

    public string Service { get; } = CBorgAddresses.ServiceOf(fallback);

    public EndpointChoice Current =>
        Known() ?? new EndpointChoice(fallback, $"{local.Authority} is tried first when the next call begins.");

    public async ValueTask<EndpointChoice> ChooseAsync(CancellationToken cancellationToken)
    {
        if (Known() is { } known)
        {
            return known;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Known() ?? Keep(await FindAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _one.Release();
        }
    }

    public void Doubt(Uri address)
    {
        lock (_gate)
        {
            _network = null;
            string here = Network();

            // Late news of an address that has been left already says nothing of the present one.
            if (_choices.TryGetValue(here, out KeptChoice? kept) && kept.Choice.Address == address)
            {
                _choices.Remove(here);
            }
        }
    }

    private async Task<EndpointChoice> FindAsync(CancellationToken cancellationToken)
    {
        ProbeResult result = await probe.AskAsync(local, cancellationToken).ConfigureAwait(false);
        return new EndpointChoice(result.Answers ? local : fallback, result.Detail);
    }

    private EndpointChoice? Known()
    {
        lock (_gate)
        {
            return _choices.TryGetValue(Network(), out KeptChoice? kept) && clock.Elapsed - kept.At < Life ? kept.Choice : null;
        }
    }

    private EndpointChoice Keep(EndpointChoice choice)
    {
        lock (_gate)
        {
            List<string> old = [];
            foreach (KeyValuePair<string, KeptChoice> kept in _choices)
            {
                if (clock.Elapsed - kept.Value.At >= Life)
                {
                    old.Add(kept.Key);
                }
            }

            old.ForEach(network => _choices.Remove(network));

            _choices[Network()] = new KeptChoice(choice, clock.Elapsed);
            return choice;
        }
    }

    private string Network()
    {
        if (_network is null || clock.Elapsed - _networkSeenAt >= PollInterval)
        {
            (_network, _networkSeenAt) = (network(), clock.Elapsed);
        }

        return _network;
    }

    private sealed record KeptChoice(EndpointChoice Choice, TimeSpan At);
}
