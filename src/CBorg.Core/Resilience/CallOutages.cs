using System.Runtime.CompilerServices;
using System;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>One call's dealings with outages: it waits behind those that are known, tells of those that it finds, and asks when its turn comes.</summary>
internal sealed class CallOutages(ServiceState service, RetryPolicy policy, IClock clock, ConnectionOptions options, Outgoing outgoing, Action<CallEvent>? onEvent) : IDisposable
{
    private static readonly TimeSpan s_forEver = TimeSpan.FromDays(3650);

    // What asks once only, to find out what works, does not wait for what does not.
    private readonly TimeSpan? _patience = outgoing.MaximumRetryCount == 0 || options.WaitForService <= TimeSpan.Zero ? null
        : options.WaitForService > s_forEver ? s_forEver
        : options.WaitForService;

    private Outage? _probed;

    /// <summary>Waits behind an outage that is known already.</summary>
    /// <returns>Whether there was one.</returns>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<bool> EnterAsync(CancellationToken stop)
    {
        bool waited = false;
        while (_patience is { } patience && _probed is null && service.Outages.InTheWay(outgoing, patience) is { } outage)
        {
            waited = true;
            await WaitAsync(outage, patience, 0, stop).ConfigureAwait(false);
        }

        return waited;
    }

    /// <summary>Whether a failure is one to wait out, however often it has come.</summary>
    public bool Takes(CBorgException failure) => _patience is not null && OutageGate.IsOutage(failure.Kind) && RetryPolicy.IsRetryable(failure);

    /// <summary>Waits until it makes sense to send the request again.</summary>
    /// <exception cref="CBorgException">That lasts too long.</exception>
    public Task WaitAsync(CBorgException failure, TimeSpan sentAt, int sent, CancellationToken stop) =>
        WaitAsync(service.Outages.Failed(outgoing, failure, sentAt, _probed, policy.Probe), _patience!.Value, sent, stop);

    /// <summary>The answer has been read; or there is a failure, which is a sign of life when it came as a reply.</summary>
    public void Replied(CBorgException? failure)
    {
        if (failure is { StatusCode: null })
        {
            return;
        }

        service.Outages.Replied(outgoing, failure);
        if (failure is null || failure.Fault != Fault.Network)
        {
            service.Verdict.Withdraw();
        }
    }

    public void Dispose()
    {
        if (_probed is { } outage)
        {
            _probed = null;
            service.Outages.Leave(outage);
        }
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task WaitAsync(Outage outage, TimeSpan patience, int sent, CancellationToken stop)
    {
        _probed = null;
        _probed = await new OutageWait(service.Outages, clock, patience, onEvent).WaitAsync(outage, sent, stop).ConfigureAwait(false) ? outage : null;
    }
}
