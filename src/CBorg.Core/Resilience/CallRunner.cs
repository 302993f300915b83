using System.Runtime.CompilerServices;
using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Http;
using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>Carries out a call: a place from the limiter, an attempt, the verdict on it, perhaps a wait and another attempt, all within the call's time.</summary>
internal sealed class CallRunner(Transport transport, RateLimiter limiter, RetryPolicy policy, IClock clock, ConnectionOptions options, ServiceState service)
{
    /// <summary>Limits of tokens a minute below this make the server cut replies that ask for no length (LiteLLM's <c>_apply_implicit_output_cap</c>).</summary>
    public const int CapBelow = 4096;

    private readonly CallAttempt _attempt = new(transport, clock, service);

    /// <summary>Where the server would cut a reply for this model that asks for no length; null when it would not.</summary>
    public long? ReplyCap(string model) => limiter.ReplyCap(model, CapBelow);

    /// <summary>Sends until an answer has been read, or a failure is final.</summary>
    /// <param name="outgoing">The request.</param>
    /// <param name="read">Reads a successful reply. A failure it throws counts like any other; what must not be repeated says so by its kind.</param>
    /// <param name="onEvent">Told of waits and retries.</param>
    /// <param name="cancellationToken">The caller's stop.</param>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<T> RunAsync<T>(Outgoing outgoing, Func<Reply, CancellationToken, Task<T>> read, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        PermitRequest? permit = outgoing.Model is { } model ? new PermitRequest(model, outgoing.Estimate, LimitSet.Of(options)) : null;
        TimeSpan? held = null;
        using CallTime time = new(clock, outgoing.Timeout ?? options.Timeout, cancellationToken);
        using CallOutages outages = new(service, policy, clock, options, outgoing, onEvent);

        // What is asked beside a call (the catalogue) has no say in whether that goes on.
        ServiceVerdict? verdict = outgoing.Limited ? service.Verdict : null;
        CallPatience patience = new(policy, outgoing.MaximumRetryCount ?? options.MaximumRetryCount, options.MaximumRetryDelay, verdict, clock);
        CBorgException? last = null;
        int sent = 0;
        if (outgoing.QueueTimeCounts)
        {
            time.Start();
        }

        try
        {
            if (await outages.EnterAsync(cancellationToken).ConfigureAwait(false) && outgoing.QueueTimeCounts)
            {
                time.StartAnew();
            }

            while (true)
            {
                TimeSpan? delay = null;
                TimeSpan sentAt = clock.Elapsed;
                try
                {
                    using RateLimitLease lease = permit is null ? RateLimitLease.Free : await limiter.AcquireAsync(permit, onEvent, time.Token).ConfigureAwait(false);
                    held = null;
                    time.Start();
                    sentAt = clock.Elapsed;
                    try
                    {
                        T result = await _attempt.MakeAsync(outgoing, ++sent, lease, read, onEvent, time.Token).ConfigureAwait(false);
                        outages.Replied(null);
                        return result;
                    }
                    finally
                    {
                        held = lease.RetryDelay;
                    }
                }
                catch (CBorgException failure)
                {
                    last = failure;
                    outages.Replied(failure);
                    if (!outages.Takes(failure) && (delay = patience.Next(failure, held, time.Left)) is null)
                    {
                        throw;
                    }
                }

                if (delay is { } wait)
                {
                    await WaitAsync(last, wait, sent, verdict, onEvent, time.Token).ConfigureAwait(false);
                }
                else
                {
                    await outages.WaitAsync(last, sentAt, sent, cancellationToken).ConfigureAwait(false);
                    time.StartAnew();
                }
            }
        }
        catch (Exception e) when (time.Token.IsCancellationRequested && e is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            // A line that is closed under a read fails in many ways; all of them mean the stop.
            cancellationToken.ThrowIfCancellationRequested();
            throw last is { Fault: Fault.Limit } && held is not null
                ? Failures.Again(last, $"No room was found within {TimeText.Duration(time.Allowed)} (-TimeoutSec).", last.Facts)
                : TookTooLong(time.Allowed, sent, last);
        }
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task WaitAsync(CBorgException failure, TimeSpan delay, int attempt, ServiceVerdict? verdict, Action<CallEvent>? onEvent, CancellationToken token)
    {
        if (delay <= TimeSpan.Zero)
        {
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Detail, Attempt = attempt, Message = $"{failure.Kind}: back into the queue for a place. {failure.Message}" });
            return;
        }

        onEvent?.Invoke(new CallEvent
        {
            Kind = CallEventKind.Waiting,
            Attempt = attempt,
            Delay = delay,
            Message = $"{failure.Kind}: trying again in {TimeText.Duration(delay)}. {failure.Message}",
        });
        await DelayAsync(delay, failure.Fault == Fault.Network ? verdict : null, token).ConfigureAwait(false);
        onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Resumed, Attempt = attempt, Message = $"trying again, attempt {attempt + 1}" });
    }

    /// <summary>Where another call finds that there is no service, this one looks at once instead of waiting.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task DelayAsync(TimeSpan delay, ServiceVerdict? verdict, CancellationToken token)
    {
        if (verdict is null)
        {
            await clock.Delay(delay, token).ConfigureAwait(false);
            return;
        }

        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Task.WhenAny(clock.Delay(delay, enough.Token), verdict.Given).ConfigureAwait(false);
        enough.Cancel();
        token.ThrowIfCancellationRequested();
    }

    private static CBorgTimeoutException TookTooLong(TimeSpan allowed, int sent, CBorgException? last) => new(
        ErrorKind.CallTimeout,
        $"The call took longer than {TimeText.Duration(allowed)} (-TimeoutSec).{(last is null ? "" : $" Before that: {last.Message}")}",
        "Allow more with -TimeoutSec, or ask for less at once. A call that was under way may still be billed.",
        new ErrorFacts { Attempts = sent, CallId = last?.CallId, Host = last?.Facts.Host },
        last);
}
