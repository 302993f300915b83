using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Http;
using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>
/// Carries out calls. Each goes through these steps, the outermost first, and ends with exactly one record.
/// </summary>
internal sealed class CallRunner(
    Transport transport,
    RateLimiter limiter,
    RetryPolicy policy,
    IClock clock,
    ConnectionOptions options,
    ServiceState service
)
{
    private readonly CallStep _steps = new DeadlineStep(
        new RetryStep(
            policy,
            options,
            service.GiveUp,
            clock,
            new CircuitBreakerStep(
                service,
                policy,
                options,
                clock,
                new RateLimiterStep(limiter, clock, new AttemptStep(transport, clock, service))
            )
        )
    );

    /// <summary>Asks for the account's limits when a call has to wait; null when nobody can.</summary>
    public AccountLimitsClient? Account { get; set; }

    /// <summary>Sends until an answer has been read, or a failure is final.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="reader">Reads the reply and makes the result.</param>
    /// <param name="onEvent">Told how it goes.</param>
    /// <param name="cancellationToken">The caller's stop.</param>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<T> RunAsync<T>(
        CallRequest request,
        ReplyReader<T> reader,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        using CallContext call = new(request, reader, options, Account, clock, onEvent, cancellationToken);
        ReplyReading? reading = null;
        T result;
        try
        {
            Outcome outcome = await _steps.ExecuteAsync(call).ConfigureAwait(false);
            reading = outcome.Reading ?? throw await reader.ExplainAsync(outcome.Failure!, call).ConfigureAwait(false);
            reading = await reader.PriceAsync(reading, call).ConfigureAwait(false);
            result = reader.Result(reading, call);
        }
        catch (Exception e)
        {
            Complete(call, reading, e);
            throw;
        }

        Complete(call, CallOutcome.Succeeded, reading, null);
        return result;
    }

    private static void Complete(CallContext call, ReplyReading? reading, Exception exception)
    {
        CBorgException? failure = exception as CBorgException;
        try
        {
            Complete(call, failure is null ? CallOutcome.Cancelled : CallOutcome.Failed, reading, failure);
        }
        catch (Exception)
        {
            // A listener that fails here may have been what ended the call; the first failure tells more.
        }
    }

    private static void Complete(CallContext call, CallOutcome outcome, ReplyReading? reading, CBorgException? failure)
    {
        if (call.OnEvent is not null)
        {
            CallRecord record = CallRecords.Of(call, outcome, reading, failure);
            call.OnEvent(
                new CallEvent
                {
                    Kind = CallEventKind.Completed,
                    Attempt = call.Attempt,
                    Record = record,
                }
            );
        }
    }
}
