using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Resilience;

namespace CBorg.Core.Http;

/// <summary>
/// Takes the Laboratory's own address where it answers, else the public one. What was found is kept for a while for each network that this machine is in,
/// and found anew after a call got no answer.
/// </summary>
internal sealed class AutoEndpoint(Uri local, Uri fallback, EndpointProbe probe, Func<string> network, IClock clock) : IEndpoint
{
    /// <summary>How long a choice is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>How long the machine is taken to stay in the network it was seen in; looking costs some milliseconds.</summary>
    public static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, (EndpointChoice Choice, TimeSpan At)> _choices = new(StringComparer.Ordinal);
    private (string Network, TimeSpan At)? _seen;

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
            _seen = null;
            string here = Network();

            // Late news of an address that has been left already says nothing of the present one.
            if (_choices.TryGetValue(here, out (EndpointChoice Choice, TimeSpan At) kept) && kept.Choice.Address == address)
            {
                _choices.Remove(here);
            }
        }
    }

    private async Task<EndpointChoice> FindAsync(CancellationToken cancellationToken)
    {
        (bool answers, string finding) = await probe.AskAsync(local, cancellationToken).ConfigureAwait(false);
        return new EndpointChoice(answers ? local : fallback, finding);
    }

    private EndpointChoice? Known()
    {
        lock (_gate)
        {
            return _choices.TryGetValue(Network(), out (EndpointChoice Choice, TimeSpan At) kept) && clock.Elapsed - kept.At < Life ? kept.Choice : null;
        }
    }

    private EndpointChoice Keep(EndpointChoice choice)
    {
        lock (_gate)
        {
            foreach (string old in _choices.Where(kept => clock.Elapsed - kept.Value.At >= Life).Select(kept => kept.Key).ToArray())
            {
                _choices.Remove(old);
            }

            _choices[Network()] = (choice, clock.Elapsed);
            return choice;
        }
    }

    private string Network()
    {
        if (_seen is not { } seen || clock.Elapsed - seen.At >= Glance)
        {
            _seen = seen = (network(), clock.Elapsed);
        }

        return seen.Network;
    }
}
