using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using CBorg.Core.Async;

namespace CBorg.Core.Resilience;

/// <summary>
/// With -WaitForService an attempt waits behind what is known to be down, and what it finds down is waited for, however often.
/// In every case it takes note of replies, for those that wait. Within the retries, so that it sees each attempt, and what it
/// waits for uses up none of them.
/// </summary>
internal sealed class CircuitBreakerStep(
    ServiceState service,
    RetryPolicy policy,
    ConnectionOptions options,
    IClock clock,
    CallStep next
) : CallStep
{
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public override async Task<Outcome> ExecuteAsync(CallContext call)
    {
        TimeSpan? longest = CircuitBreakerOptions.Of(options, call.Request).LongestWait;
        Circuit? circuit = longest is { } wait ? service.Breaker.InTheWay(call.Request, wait) : null;
        try
        {
            while (true)
            {
                if (circuit is not null && await WaitAsync(call, circuit, longest!.Value).ConfigureAwait(false) is { } tooLong)
                {
                    return Outcome.Final(tooLong);
                }

                Outcome outcome = await next.ExecuteAsync(call).ConfigureAwait(false);
                TakeNote(call, outcome.Failure);
                if (longest is null || outcome.Failure is not { Row.Breaks: not null, IsRetryable: true } failure)
                {
                    return outcome;
                }

                call.LastFailure = failure;
                circuit = service.Breaker.Failed(call, failure, policy.Probe);
            }
        }
        finally
        {
            service.Breaker.Release(call);
        }
    }

    /// <summary>Waits until it makes sense to send the request, behind this circuit and behind others that are found open
    /// then.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<CBorgException?> WaitAsync(CallContext call, Circuit? circuit, TimeSpan longest)
    {
        TimeSpan began = clock.Elapsed;
        try
        {
            while (circuit is not null && call.Probe is null)
            {
                CircuitWait wait = new(service.Breaker, clock, call, longest);
                if (await wait.WaitAsync(circuit).ConfigureAwait(false) is { } tooLong)
                {
                    return tooLong;
                }

                circuit = service.Breaker.InTheWay(call.Request, longest);
            }

            call.Deadline.Restart();
            return null;
        }
        finally
        {
            call.WaitTime += clock.Elapsed - began;
        }
    }

    /// <summary>The answer has been read; or there is a failure, which is a sign of life when it came as a reply.</summary>
    private void TakeNote(CallContext call, CBorgException? failure)
    {
        if (failure is { StatusCode: null })
        {
            return;
        }

        service.Breaker.Replied(call.Request, failure);
        if (failure is null || failure.Fault != Fault.Network)
        {
            service.GiveUp.Withdraw();
        }
    }
}
