using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>Carries out a call: a place from the limiter, an attempt, the verdict on it, perhaps a wait and another attempt, all within the call's time.</summary>
internal sealed class CallRunner(Transport transport, CallLimiter limiter, RetryPolicy policy, IClock clock, ConnectionOptions options)
{
    /// <summary>Limits of tokens a minute below this make the server cut replies that ask for no length (LiteLLM's <c>_apply_implicit_output_cap</c>).</summary>
    public const int CapBelow = 4096;

    private const int LongestErrorBody = 64 * 1024;
    private static readonly TimeSpan s_errorBodyPatience = TimeSpan.FromSeconds(5);

    /// <summary>Where the server would cut a reply for this model that asks for no length; null when it would not.</summary>
    public long? ReplyCap(string model) => limiter.ReplyCap(model, CapBelow);

    /// <summary>Sends until an answer has been read, or a failure is final.</summary>
    /// <param name="outgoing">The request.</param>
    /// <param name="read">Reads a successful reply. A failure it throws counts like any other; what must not be repeated says so by its kind.</param>
    /// <param name="onEvent">Told of waits and retries.</param>
    /// <param name="cancellationToken">The caller's stop.</param>
    public async Task<T> RunAsync<T>(Outgoing outgoing, Func<Reply, CancellationToken, Task<T>> read, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        outgoing.Chosen = Figures.Of(options);
        TimeSpan allowed = outgoing.Timeout ?? options.Timeout;
        TimeSpan end = clock.Elapsed + allowed;
        using CancellationTokenSource time = clock.CancelAfter(allowed, cancellationToken);
        CBorgException? last = null;
        int sent = 0;
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                TimeSpan delay;
                try
                {
                    using CallLease lease = await limiter.AcquireAsync(outgoing, onEvent, time.Token).ConfigureAwait(false);
                    sent = attempt;
                    return await BookedAsync(outgoing, lease, () => AttemptAsync(outgoing, attempt, lease, read, onEvent, time.Token), time.Token).ConfigureAwait(false);
                }
                catch (CBorgException failure)
                {
                    last = failure;
                    TimeSpan? held = outgoing.Turn.Held;
                    if (!MayRepeat(outgoing, failure, attempt))
                    {
                        throw;
                    }

                    delay = held ?? policy.Delay(failure, attempt, end - clock.Elapsed);
                }

                await WaitAsync(last, delay, attempt, onEvent, time.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (time.IsCancellationRequested && e is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            // A line that is closed under a read fails in many ways; all of them mean the stop.
            cancellationToken.ThrowIfCancellationRequested();
            throw TookTooLong(allowed, sent, last);
        }
    }

    /// <summary>Tells the books how an attempt ended.</summary>
    private static async Task<T> BookedAsync<T>(Outgoing outgoing, CallLease lease, Func<Task<T>> attempt, CancellationToken token)
    {
        try
        {
            outgoing.Turn.Held = null;
            return await attempt().ConfigureAwait(false);
        }
        catch (CBorgException failure)
        {
            outgoing.Turn.Held = lease.Failed(failure);
            throw;
        }
        catch when (token.IsCancellationRequested)
        {
            lease.GiveUp();
            throw;
        }
    }

    private async Task<T> AttemptAsync<T>(
        Outgoing outgoing, int attempt, CallLease lease, Func<Reply, CancellationToken, Task<T>> read, Action<CallEvent>? onEvent, CancellationToken token)
    {
        if (attempt == 1 && outgoing.Limited)
        {
            Tell(onEvent, CallEventKind.Sent, attempt, () => "sent");
        }

        Tell(onEvent, CallEventKind.Detail, attempt, () => $"{outgoing.Method} {transport.BaseAddress.Host}/{outgoing.Path.TrimStart('/')}{(outgoing.Model is null ? "" : $" ({outgoing.Model})")}, attempt {attempt}");
        using Reply reply = await transport.SendAsync(outgoing, attempt, token).ConfigureAwait(false);
        lease.Replied(reply.Headers, reply.Status, outgoing.Stream);
        reply.OnRead = () =>
        {
            lease.Settle(reply.Taken);
            lease.Dispose();
        };
        Tell(onEvent, CallEventKind.Detail, attempt, () => $"status {reply.Status} after {(clock.Elapsed - reply.SentAt).TotalMilliseconds:0} ms{(reply.Headers.CallId is { } id ? $", call {id}" : "")}");
        if (reply.Status is < 200 or >= 300)
        {
            throw Failures.Of(reply, await ErrorTextAsync(reply, token).ConfigureAwait(false), outgoing.Model, clock.UtcNow);
        }

        try
        {
            return await read(reply, token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            token.ThrowIfCancellationRequested();
            throw Failures.Create(
                ErrorKind.ConnectionFailed, $"The line to {reply.Host} broke while the answer arrived: {e.GetBaseException().Message}", "Try again.",
                new ErrorFacts { Host = reply.Host, CallId = reply.Headers.CallId, CfRay = reply.Headers.CfRay, StatusCode = reply.Status, Attempts = attempt }, e);
        }
        finally
        {
            lease.Settle(reply.Taken);
        }
    }

    /// <summary>The body of a failed reply, or as much of it as comes within a few seconds: a stalled error is still an error.</summary>
    private async Task<string> ErrorTextAsync(Reply reply, CancellationToken token)
    {
        using CancellationTokenSource patience = clock.CancelAfter(s_errorBodyPatience, token);
        try
        {
            ArraySegment<byte> body = await reply.ReadAsync(LongestErrorBody, patience.Token).ConfigureAwait(false);
            return Encoding.UTF8.GetString(body.Array!, body.Offset, body.Count);
        }
        catch (Exception e) when (!token.IsCancellationRequested && e is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            return "";
        }
    }

    private bool MayRepeat(Outgoing outgoing, CBorgException failure, int attempt) =>
        RetryPolicy.IsRetryable(failure) && attempt <= (outgoing.MaximumRetryCount ?? options.MaximumRetryCount);

    private async Task WaitAsync(CBorgException failure, TimeSpan delay, int attempt, Action<CallEvent>? onEvent, CancellationToken token)
    {
        onEvent?.Invoke(new CallEvent
        {
            Kind = CallEventKind.Waiting,
            Attempt = attempt,
            Delay = delay,
            Message = $"{failure.Kind}: trying again in {delay.TotalSeconds:0.#} s. {failure.Message}",
        });
        await clock.Delay(delay, token).ConfigureAwait(false);
        Tell(onEvent, CallEventKind.Resumed, attempt, () => $"trying again, attempt {attempt + 1}");
    }

    private static CBorgTimeoutException TookTooLong(TimeSpan allowed, int sent, CBorgException? last) => new(
        ErrorKind.CallTimeout,
        $"The call took longer than {allowed.TotalSeconds:0.#} s.{(last is null ? "" : $" Before that: {last.Message}")}",
        "Allow more with -TimeoutSec, or ask for less at once. A call that was under way may still be billed.",
        new ErrorFacts { Attempts = sent, CallId = last?.CallId, Host = last?.Facts.Host },
        last);

    private static void Tell(Action<CallEvent>? onEvent, CallEventKind kind, int attempt, Func<string> message) =>
        onEvent?.Invoke(new CallEvent { Kind = kind, Attempt = attempt, Message = message() });
}
