using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;

namespace CBorg.Core.Resilience;

/// <summary>Sends again what is worth it, after the right wait.</summary>
internal sealed class RetryStep(RetryPolicy policy, ConnectionOptions options, GiveUpSignal giveUp, IClock clock, CallStep next)
    : CallStep
{
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public override async Task<Outcome> ExecuteAsync(CallContext call)
    {
        RetryContext? retries = null;
        while (true)
        {
            Outcome outcome = await next.ExecuteAsync(call).ConfigureAwait(false);
            if (outcome.Failure is not { } failure || outcome.IsFinal)
            {
                return outcome;
            }

            call.LastFailure = failure;
            retries ??= new RetryContext(policy, RetryOptions.Of(options, call.Request), SignalFor(call), call.Began, clock);
            try
            {
                if (retries.Next(failure, call.RetryDelay, call.Deadline.Left) is not { } delay)
                {
                    return outcome;
                }

                await WaitAsync(call, failure, delay).ConfigureAwait(false);
            }
            catch (CBorgException refused)
            {
                return Outcome.Of(refused);
            }
        }
    }

    /// <summary>What is asked beside a call (the catalogue) has no say in whether that goes on.</summary>
    private GiveUpSignal? SignalFor(CallContext call) => call.Request.IsLimited ? giveUp : null;

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task WaitAsync(CallContext call, CBorgException failure, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            call.Tell(CallEventKind.Detail, $"{failure.Kind}: back into the queue for a permit. {failure.Message}");
            return;
        }

        call.Tell(CallEventKind.Waiting, $"{failure.Kind}: trying again in {TimeText.Duration(delay)}. {failure.Message}", delay);
        TimeSpan began = clock.Elapsed;
        await DelayAsync(delay, failure.Fault == Fault.Network ? SignalFor(call) : null, call.Deadline.Token)
            .ConfigureAwait(false);
        call.WaitTime += clock.Elapsed - began;
        call.Tell(CallEventKind.Resumed, FormattableString.Invariant($"trying again, attempt {call.Attempt + 1}"));
    }

    /// <summary>Where another call finds that there is no service, this one looks at once instead of waiting.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task DelayAsync(TimeSpan delay, GiveUpSignal? signal, CancellationToken token)
    {
        if (signal is null)
        {
            await clock.Delay(delay, token).ConfigureAwait(false);
            return;
        }

        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Task.WhenAny(clock.Delay(delay, enough.Token), signal.Raised).ConfigureAwait(false);
        enough.Cancel();
        token.ThrowIfCancellationRequested();
    }
}
