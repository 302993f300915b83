using System.Runtime.CompilerServices;
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Cost;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Models;
using CBorg.Core.Resilience;

namespace CBorg.Core.Chat;

/// <summary>Asks chat models.</summary>
internal sealed class ChatService(CallRunner runner, ModelCatalog catalog, IClock clock)
{
    private const int CharactersPerToken = 4;
    private static readonly TimeSpan s_catalogPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_namesPatience = TimeSpan.FromSeconds(2);

    private readonly ChatResults _results = new(catalog, clock);

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<ChatResult> AskAsync(ChatRequest request, Func<ChatDelta, Task>? onDelta, Action<CallEvent>? onEvent, CancellationToken cancellationToken)
    {
        TimeSpan started = clock.Elapsed;
        ChatBody body = new(request);
        long? cap = body.HasMaxTokens ? null : runner.ReplyCap(request.Model);
        if (cap is not null)
        {
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Detail, Message = CapText(request.Model, cap.Value) });
        }

        ChatReader? reader = null;
        TokenEstimate demand = body.Estimate(cap);
        Outgoing outgoing = new()
        {
            Method = "POST",
            Path = "/chat/completions",
            Body = body.ToUtf8(cap),
            Model = request.Model,
            Estimate = demand,
            Stream = body.IsStream,
            Timeout = request.Timeout,
            QueueTimeCounts = request.QueueTimeCounts,
            CostSoFar = deployment => CostSoFar.Of(catalog, request.Model, deployment, demand.Characters / CharactersPerToken, reader?.Tokens ?? 0),
        };

        int pieces = 0;
        Func<ChatDelta, Task>? watch = onDelta is null ? null : delta =>
        {
            pieces = delta.Count;
            return onDelta(delta);
        };
        ChatResult result = await NamedAsync(
            request.Model,
            () => runner.RunAsync(outgoing, (reply, token) => ReadAsync(reply, reader = new ChatReader(reply, request, clock, watch), request, started, cancellationToken, token), onEvent, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        if (result.FinishReason == "length")
        {
            onEvent?.Invoke(new CallEvent { Kind = CallEventKind.Warning, Message = CutWarning(request, result, cap ?? (body.HasMaxTokens ? null : runner.ReplyCap(request.Model))) });
        }

        if (onDelta is not null)
        {
            await onDelta(new ChatDelta { Model = request.Model, Count = pieces, Result = result }).ConfigureAwait(false);
        }

        return result;
    }

    /// <param name="reply">The reply.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="request">The question.</param>
    /// <param name="started">When the call began.</param>
    /// <param name="stop">The caller's stop.</param>
    /// <param name="time">The caller's stop, or the end of the call's time.</param>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<ChatResult> ReadAsync(Reply reply, ChatReader reader, ChatRequest request, TimeSpan started, CancellationToken stop, CancellationToken time)
    {
        try
        {
            await reader.ReadAsync(time).ConfigureAwait(false);
        }
        catch (StreamBroken broken)
        {
            throw await BrokenAsync(broken.Message, s_catalogPatience, broken.Facts, broken.InnerException).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (time.IsCancellationRequested && !stop.IsCancellationRequested && reader.Answer.HasContent)
        {
            string message = $"The call's time was over after {TimeText.Duration(clock.Elapsed - started)} (-TimeoutSec).";
            throw await BrokenAsync(message, TimeSpan.Zero, reply.Facts(), e).ConfigureAwait(false);
        }
        finally
        {
            reply.Taken = reader.Answer.Usage?.Taken;
        }

        reply.OnRead?.Invoke();

        return await _results.MakeAsync(reply, reader, request, clock.Elapsed - started, s_catalogPatience, time).ConfigureAwait(false);

        [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
        async Task<CBorgStreamException> BrokenAsync(string message, TimeSpan patience, ErrorFacts facts, Exception? inner)
        {
            ChatResult partial = await _results.MakeAsync(reply, reader, request, clock.Elapsed - started, patience, stop).ConfigureAwait(false);
            return new CBorgStreamException(
                $"The answer broke off after {partial.Text.Length} characters. {message}",
                partial,
                "What arrived is in the error's TargetObject. Asking again costs anew.",
                facts,
                inner);
        }
    }

    /// <summary>Where a name is wrong, the right one is proposed.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<ChatResult> NamedAsync(string model, Func<Task<ChatResult>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await WithCatalogAsync(ask, cancellationToken).ConfigureAwait(false);
        }
        catch (CBorgException e) when (e.Kind == ErrorKind.ModelNotFound)
        {
            using CancellationTokenSource patience = clock.CancelAfter(s_namesPatience, cancellationToken);
            await WarmAsync(patience.Token).ConfigureAwait(false);
            throw UnknownModel.Error(model, catalog.Cached, e.Facts);
        }
    }

    /// <summary>The price of the answer is in the catalogue; where it is not at hand it is fetched while the model thinks.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<ChatResult> WithCatalogAsync(Func<Task<ChatResult>> ask, CancellationToken cancellationToken)
    {
        if (catalog.IsCached)
        {
            return await ask().ConfigureAwait(false);
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task warm = WarmAsync(stop.Token);
        try
        {
            return await ask().ConfigureAwait(false);
        }
        finally
        {
            if (!warm.IsCompleted)
            {
                stop.CancelAfter(TimeSpan.Zero);
            }

            await warm.ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private async Task WarmAsync(CancellationToken cancellationToken)
    {
        try
        {
            await catalog.WarmAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The answer, or its failure, was faster.
        }
    }

    private static string CapText(string model, long cap) =>
        $"With a limit of less than {CallRunner.CapBelow} tokens a minute the server cuts replies of {model} at {cap} tokens (a quarter of the limit) unless told otherwise: max_tokens {cap} was sent, as it would do.";

    private static string CutWarning(ChatRequest request, ChatResult result, long? cap) => cap is not null
        ? $"The answer of {request.Model} was cut after {cap} tokens: a quarter of the limit of tokens a minute, which is what the server allows a reply that asks for no -MaxTokens. Give -MaxTokens to allow more."
        : result.Text.Length == 0 && result.ReasoningTokens > 0
        ? $"{request.Model} spent all {result.CompletionTokens} tokens thinking and wrote nothing. Raise -MaxTokens or lower -ReasoningEffort."
        : $"The answer of {request.Model} was cut after {result.CompletionTokens?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "all its"} tokens. Raise -MaxTokens for more.";
}
