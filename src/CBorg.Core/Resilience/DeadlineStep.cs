using System;
using System.IO;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using CBorg.Core.Async;

namespace CBorg.Core.Resilience;

/// <summary>The whole call may take so long, and what it dies of then says so.</summary>
internal sealed class DeadlineStep(CallStep next) : CallStep
{
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public override async Task<Outcome> ExecuteAsync(CallContext call)
    {
        if (call.Request.QueueTimeCounts)
        {
            call.Deadline.Start();
        }

        try
        {
            return await next.ExecuteAsync(call).ConfigureAwait(false);
        }
        catch (Exception e) when (call.Deadline.Token.IsCancellationRequested && IsOfTheLine(e))
        {
            call.Stop.ThrowIfCancellationRequested();
            return Outcome.Of(TookTooLong(call));
        }
    }

    /// <summary>A line that is closed under a read fails in many ways; all of them mean the stop.</summary>
    private static bool IsOfTheLine(Exception e) =>
        e is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException;

    private static CBorgException TookTooLong(CallContext call)
    {
        string allowed = TimeText.Duration(call.Deadline.Timeout);
        CBorgException? last = call.LastFailure;
        return last is { Fault: Fault.Limit } && call.RetryDelay is not null
            ? Failures.Again(last, $"No room was found within {allowed} (-TimeoutSec).", last.Facts)
            : Failures.Create(
                ErrorKind.CallTimeout,
                $"The call took longer than {allowed} (-TimeoutSec).{(last is null ? "" : $" Before that: {last.Message}")}",
                null,
                new ErrorFacts
                {
                    Attempts = call.Attempt,
                    CallId = last?.CallId,
                    Host = last?.Facts.Host,
                },
                last
            );
    }
}
