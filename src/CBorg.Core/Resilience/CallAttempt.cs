using System.Runtime.CompilerServices;
using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Http;
using CBorg.Core.Limits;

namespace CBorg.Core.Resilience;

/// <summary>One request of a call, and the reading of its reply.</summary>
internal sealed class CallAttempt(Transport transport, IClock clock, ServiceState service)
{
    private const int LongestErrorBody = 64 * 1024;
    private static readonly TimeSpan s_errorBodyPatience = TimeSpan.FromSeconds(5);

    /// <param name="outgoing">The request.</param>
    /// <param name="number">Its number within the call, from 1.</param>
    /// <param name="lease">The place that it takes.</param>
    /// <param name="read">Reads a successful reply.</param>
    /// <param name="onEvent">Told how it goes.</param>
    /// <param name="token">The caller's stop, or the end of the call's time.</param>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<T> MakeAsync<T>(
        Outgoing outgoing, int number, RateLimitLease lease, Func<Reply, CancellationToken, Task<T>> read, Action<CallEvent>? onEvent, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (number == 1 && outgoing.Limited)
        {
            Tell(onEvent, CallEventKind.Sent, number, () => "sent");
        }

        Tell(onEvent, CallEventKind.Detail, number, () => $"{outgoing.Method} {transport.BaseAddress.Host}/{outgoing.Path.TrimStart('/')}{(outgoing.Model is null ? "" : $" ({outgoing.Model})")}, attempt {number}");
        bool sent = false;
        Reply? reply = null;
        try
        {
            reply = await transport.SendAsync(outgoing, number, token, () => sent = true).ConfigureAwait(false);
            service.Saw(reply.Headers.Version);
            lease.Replied(reply.Headers, reply.Status, outgoing.Stream);
            reply.OnRead = () =>
            {
                lease.Settle(reply.Taken);
                lease.Dispose();
            };
            Tell(onEvent, CallEventKind.Detail, number, () => $"status {reply.Status} after {(clock.Elapsed - reply.SentAt).TotalMilliseconds:0} ms{(reply.Headers.CallId is { } id ? $", call {id}" : "")}");
            return await ReadAsync(reply, outgoing, lease, read, token).ConfigureAwait(false);
        }
        catch (Exception e) when (outgoing.Limited)
        {
            if (IsGivenUp(e, token))
            {
                lease.GiveUp();
                if (sent && reply?.Status is null or (>= 200 and < 300))
                {
                    TellGivenUp(outgoing, reply, number, onEvent);
                }
            }

            // The books are told how it ended, and may tell what to do next.
            if (e is CBorgException failure)
            {
                lease.Failed(failure);
            }

            throw;
        }
        finally
        {
            reply?.Dispose();
        }
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<T> ReadAsync<T>(Reply reply, Outgoing outgoing, RateLimitLease lease, Func<Reply, CancellationToken, Task<T>> read, CancellationToken token)
    {
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
            throw reply.Broken(e);
        }
        finally
        {
            lease.Settle(reply.Taken);
        }
    }

    /// <summary>The body of a failed reply, or as much of it as comes within a few seconds: a stalled error is still an error.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
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

    /// <summary>Whether it was this side that ended it, so that the server may not know.</summary>
    private static bool IsGivenUp(Exception e, CancellationToken token) => token.IsCancellationRequested
        || (e is CBorgException failure && (failure.Kind is ErrorKind.FirstByteTimeout or ErrorKind.SilenceTimeout || failure.InnerException is CBorgException { Kind: ErrorKind.SilenceTimeout }));

    private void TellGivenUp(Outgoing outgoing, Reply? reply, int number, Action<CallEvent>? onEvent)
    {
        if (onEvent is null)
        {
            return;
        }

        string what = GivenUp.Tell(outgoing.Stream, reply is not null, reply?.Headers.Version ?? service.Version);
        decimal? cost = outgoing.CostSoFar?.Invoke(reply?.Headers.ModelId);
        string money = cost is > 0 ? string.Format(System.Globalization.CultureInfo.InvariantCulture, ": at least about ${0:0.######}.", cost) : ".";
        onEvent(new CallEvent { Kind = CallEventKind.Cancelled, Attempt = number, Message = what + money, EstimatedCost = cost });
    }

    private static void Tell(Action<CallEvent>? onEvent, CallEventKind kind, int attempt, Func<string> message) =>
        onEvent?.Invoke(new CallEvent { Kind = kind, Attempt = attempt, Message = message() });
}
