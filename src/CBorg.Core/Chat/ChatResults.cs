using System.Runtime.CompilerServices;
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Cost;
using CBorg.Core.Http;
using CBorg.Core.Models;
using CBorg.Core.Resilience;

namespace CBorg.Core.Chat;

/// <summary>Makes of what was read the result that users hold, with its cost and where that comes from.</summary>
internal sealed class ChatResults(ModelCatalog catalog, IClock clock)
{
    /// <param name="reply">The reply.</param>
    /// <param name="reader">What was read of it.</param>
    /// <param name="request">The question.</param>
    /// <param name="duration">Since the first sending.</param>
    /// <param name="patience">How long to wait for the catalogue.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    public async Task<ChatResult> MakeAsync(Reply reply, ChatReader reader, ChatRequest request, TimeSpan duration, TimeSpan patience, CancellationToken cancellationToken)
    {
        ModelDeployment? deployment = await DeploymentAsync(reply.Headers, patience, cancellationToken).ConfigureAwait(false);
        Usage? usage = reader.Answer.Usage;
        (decimal? cost, CostSource source) = CostLadder.Resolve(reply.Headers, reply.IsEventStream, usage, deployment);
        IReadOnlyList<ChatChoice> choices = reader.Answer.Choices();
        ChatMessage message = choices.Count > 0 ? choices[0].Message : new ChatMessage(ChatRole.Assistant, null);
        return new ChatResult
        {
            Text = message.Content ?? "",
            Model = request.Model,
            ResolvedModel = deployment?.UnderlyingModel ?? reply.Headers.ModelName,
            FinishReason = choices.Count > 0 ? choices[0].FinishReason : null,
            PromptTokens = usage?.PromptTokens,
            CompletionTokens = usage?.CompletionTokens,
            CachedTokens = usage?.CachedTokens,
            CacheWriteTokens = usage?.CacheWriteTokens,
            ReasoningTokens = usage?.ReasoningTokens,
            Cost = cost,
            CostSource = source,
            Duration = duration,
            TimeToFirstToken = reader.FirstTokenAt - reply.SentAt,
            Attempts = reply.Attempt,
            CallId = reply.Headers.CallId,
            Input = request.Input,
            Reasoning = message.Reasoning,
            ToolCalls = message.ToolCalls,
            Choices = choices,
            Messages = [.. request.Messages, message],
            Headers = reply.Headers.All,
            Raw = reader.Raw,
        };
    }

    /// <summary>An answer does not wait long for its price, and one whose time is over not at all.</summary>
    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private async Task<ModelDeployment?> DeploymentAsync(ReplyHeaders headers, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (headers.ModelId is not { } id)
        {
            return null;
        }

        if (catalog.Find(id) is { } known)
        {
            return known;
        }

        using CancellationTokenSource enough = clock.CancelAfter(patience, cancellationToken);
        try
        {
            return await catalog.FindAsync(id, enough.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
