using System;
using System.IO;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Http;
using static System.FormattableString;

namespace CBorg.Core.Resilience;

/// <summary>Sends one request of a call, and reads its reply.</summary>
internal sealed class AttemptStep(Transport transport, IClock clock, ServiceState service) : CallStep
{
    private const int LongestErrorBody = 64 * 1024;

    // A stalled error is still an error.
    private static readonly TimeSpan s_errorBodyTimeout = TimeSpan.FromSeconds(5);

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public override async Task<Outcome> ExecuteAsync(CallContext call)
    {
        CancellationToken deadline = call.Deadline.Token;
        deadline.ThrowIfCancellationRequested();
        Begin(call);
        Reply? reply = null;
        try
        {
            reply = await transport.SendAsync(call, deadline).ConfigureAwait(false);
            Replied(call, reply);
            if (reply.IsSuccess)
            {
                return Ended(call, reply, Outcome.Of(await call.Reader.ReadAsync(reply, deadline).ConfigureAwait(false)));
            }

            string body = await ErrorTextAsync(reply, deadline).ConfigureAwait(false);
            return Ended(call, reply, Outcome.Of(Failures.Of(reply, body, call.Request.Model, clock.UtcNow)));
        }
        catch (CBorgException failure)
        {
            return Ended(call, reply, Outcome.Of(failure));
        }
        catch (Exception e)
            when (reply is not null
                && !deadline.IsCancellationRequested
                && e is IOException or HttpRequestException or InvalidDataException
            )
        {
            return Ended(call, reply, Outcome.Of(reply!.Broken(e)));
        }
        catch when (deadline.IsCancellationRequested)
        {
            TellAbandoned(call, reply);
            throw;
        }
        finally
        {
            reply?.Dispose();
        }
    }

    /// <summary>Whether it was this side that ended an attempt which failed so, and the server may not know.</summary>
    public static bool IsAbandoned(CallContext call, CBorgException failure) =>
        call.Deadline.Token.IsCancellationRequested
        || failure.Kind is ErrorKind.FirstByteTimeout or ErrorKind.SilenceTimeout
        || failure.InnerException is CBorgException { Kind: ErrorKind.SilenceTimeout };

    private void Begin(CallContext call)
    {
        call.Attempt++;
        call.IsSent = false;
        call.SentAt = clock.Elapsed;
        if (call.OnEvent is null)
        {
            return;
        }

        CallRequest request = call.Request;
        if (call.Attempt == 1 && request.IsLimited)
        {
            call.Tell(CallEventKind.Sent, "sent");
        }

        string model = request.Model is null ? "" : $" ({request.Model})";
        string route = $"{transport.BaseAddress.Host}/{request.Path.TrimStart('/')}";
        call.Tell(CallEventKind.Detail, Invariant($"{request.Method} {route}{model}, attempt {call.Attempt}"));
    }

    private void Replied(CallContext call, Reply reply)
    {
        (call.ReplyHeaders, call.ReplyStatus) = (reply.Headers, reply.Status);
        service.Saw(reply.Headers.Version);
        call.Lease.Replied(reply.Headers, reply.Status, call.Request.IsStream);
        if (call.OnEvent is not null)
        {
            string id = reply.Headers.CallId is { } known ? $", call {known}" : "";
            double took = (clock.Elapsed - reply.SentAt).TotalMilliseconds;
            call.Tell(CallEventKind.Detail, Invariant($"status {reply.Status} after {took:0} ms{id}"));
        }
    }

    private Outcome Ended(CallContext call, Reply? reply, Outcome outcome)
    {
        if (outcome.Failure is { } failure && IsAbandoned(call, failure))
        {
            TellAbandoned(call, reply);
        }

        return outcome;
    }

    private void TellAbandoned(CallContext call, Reply? reply)
    {
        if (call.OnEvent is null || !call.Request.IsLimited || !call.IsSent || reply?.IsSuccess == false)
        {
            return;
        }

        decimal? cost = call.Reader.CostSoFar(reply?.Headers.ModelId);
        call.EstimatedCost = cost is null ? call.EstimatedCost : (call.EstimatedCost ?? 0) + cost;
        string what = GivenUp.Tell(call.Request.IsStream, reply is not null, reply?.Headers.Version ?? service.Version);
        call.Tell(CallEventKind.Cancelled, what + (cost is > 0 ? Invariant($": at least about ${cost:0.######}.") : "."));
    }

    /// <summary>The body of a failed reply, or as much of it as comes within a few seconds.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<string> ErrorTextAsync(Reply reply, CancellationToken deadline)
    {
        using CancellationTokenSource timeout = clock.CancelAfter(s_errorBodyTimeout, deadline);
        try
        {
            ArraySegment<byte> body = await reply.ReadAsync(LongestErrorBody, timeout.Token).ConfigureAwait(false);
            return Encoding.UTF8.GetString(body.Array!, body.Offset, body.Count);
        }
        catch (Exception e)
            when (!deadline.IsCancellationRequested
                && e
                    is IOException
                        or HttpRequestException
                        or InvalidDataException
                        or OperationCanceledException
                        or ObjectDisposedException
            )
        {
            return "";
        }
    }
}
