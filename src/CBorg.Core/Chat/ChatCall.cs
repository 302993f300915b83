using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Cost;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Models;
using CBorg.Core.Resilience;

namespace CBorg.Core.Chat;

/// <summary>Reads the answer to one question, whichever attempt gets it, and makes of it the result that users hold.</summary>
/// <param name="request">The question.</param>
/// <param name="estimate">What it will take of the tokens a minute.</param>
/// <param name="cap">Where the server cuts the answer.</param>
/// <param name="catalog">Knows prices and names.</param>
/// <param name="clock">Time.</param>
/// <param name="onDelta">Given each piece. Null when nobody watches.</param>
/// <param name="stop">The caller's stop.</param>
internal sealed class ChatCall(
    ChatRequest request,
    TokenEstimate estimate,
    ReplyCap cap,
    ModelCatalog catalog,
    IClock clock,
    Func<ChatDelta, Task>? onDelta,
    CancellationToken stop
) : ReplyReader<ChatResult>
{
    private const int CharactersPerToken = 4;
    private static readonly TimeSpan s_catalogTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_namesTimeout = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _began = clock.Elapsed;
    private ChatReader? _reader;

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public override async Task<ReplyReading> ReadAsync(Reply reply, CancellationToken deadline)
    {
        ChatReader reader = _reader = new ChatReader(reply, request, clock, onDelta);
        try
        {
            await reader.ReadAsync(deadline).ConfigureAwait(false);
            return new ChatReading(reply, reader, null);
        }
        catch (StreamBroken broken)
        {
            return new ChatReading(reply, reader, broken);
        }
        catch (OperationCanceledException e)
            when (!stop.IsCancellationRequested && deadline.IsCancellationRequested && reader.Answer.HasContent)
        {
            string message = $"The call's time was over after {TimeText.Duration(clock.Elapsed - _began)} (-TimeoutSec).";
            return new ChatReading(
                reply,
                reader,
                new StreamBroken(Failures.Create(ErrorKind.CallTimeout, message, null, reply.Facts(), e))
            );
        }
    }

    public override decimal? CostSoFar(string? deployment) =>
        Cost.CostSoFar.Of(catalog, request.Model, deployment, estimate.Characters / CharactersPerToken, _reader?.Tokens ?? 0);

    public override Task<ReplyReading> PriceAsync(ReplyReading reading, CallContext call)
    {
        ChatReading read = (ChatReading)reading;
        return read.Headers.ModelId is not { } id ? Task.FromResult<ReplyReading>(read.Priced(null))
            : catalog.Find(id) is { } known ? Task.FromResult<ReplyReading>(read.Priced(known))
            : LookUpAsync(read, id, call.Deadline.Left);
    }

    public override ChatResult Result(ReplyReading reading, CallContext call)
    {
        ChatReading read = (ChatReading)reading;
        ChatResult result = ChatResults.Of(request, read, call);
        if (read.Broken is { } broken)
        {
            throw new CBorgStreamException(
                FormattableString.Invariant($"The answer broke off after {result.Text.Length} characters. {broken.Message}"),
                result,
                ErrorTable.Of(ErrorKind.StreamInterrupted).Advice(null),
                broken.Facts,
                broken.InnerException
            );
        }

        if (result.FinishReason == "length")
        {
            call.Tell(CallEventKind.Warning, cap.WhyCut(result));
        }

        return result;
    }

    /// <summary>Where a name is wrong, the right one is proposed.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public override async Task<CBorgException> ExplainAsync(CBorgException failure, CallContext call)
    {
        if (failure.Kind != ErrorKind.ModelNotFound)
        {
            return failure;
        }

        using CancellationTokenSource enough = clock.CancelAfter(s_namesTimeout, stop);
        await catalog.WarmAsync(enough.Token).ConfigureAwait(false);
        return UnknownModel.Error(request.Model, catalog.Cached, failure.Facts);
    }

    /// <summary>An answer does not wait long for its price, and one whose time is over not at all.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<ReplyReading> LookUpAsync(ChatReading read, string deployment, TimeSpan left)
    {
        TimeSpan longest =
            left <= TimeSpan.Zero ? TimeSpan.Zero
            : left < s_catalogTimeout ? left
            : s_catalogTimeout;
        using CancellationTokenSource enough = clock.CancelAfter(longest, stop);
        try
        {
            return read.Priced(await catalog.FindAsync(deployment, enough.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return read.Priced(null);
        }
    }
}
