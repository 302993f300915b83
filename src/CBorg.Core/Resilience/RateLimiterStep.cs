using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>Each attempt needs a permit, and the rate limiter is told what came of it.</summary>
internal sealed class RateLimiterStep(RateLimiter limiter, IClock clock, CallStep next) : CallStep
{
    public override Task<Outcome> ExecuteAsync(CallContext call)
    {
        if (call.PermitRequest is { } request)
        {
            return ExecuteAsync(call, request);
        }

        call.Deadline.Start();
        return next.ExecuteAsync(call);
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<Outcome> ExecuteAsync(CallContext call, PermitRequest request)
    {
        RateLimitLease lease;
        TimeSpan asked = clock.Elapsed;
        try
        {
            lease = await limiter.AcquireAsync(request, call.OnEvent, call.Deadline.Token).ConfigureAwait(false);
        }
        catch (CBorgException failure)
        {
            return Outcome.Of(failure);
        }
        finally
        {
            call.WaitTime += clock.Elapsed - asked;
        }

        using (lease)
        {
            (call.Lease, call.RetryDelay) = (lease, null);
            call.Deadline.Start();
            try
            {
                return Told(call, lease, await next.ExecuteAsync(call).ConfigureAwait(false));
            }
            catch when (call.IsSent)
            {
                // It ends from outside, and the server may go on with it.
                lease.GiveUp();
                throw;
            }
        }
    }

    private static Outcome Told(CallContext call, RateLimitLease lease, Outcome outcome)
    {
        lease.Settle(outcome.Reading?.TokensUsed);
        if (outcome.Failure is { } failure)
        {
            if (AttemptStep.IsAbandoned(call, failure))
            {
                lease.GiveUp();
            }

            call.RetryDelay = lease.Failed(failure);
        }

        return outcome;
    }
}
