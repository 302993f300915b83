using System.Collections.Generic;
using CBorg.Core.Resilience;

namespace CBorg.Core.Chat;

/// <summary>Makes of what was read the result that users hold.</summary>
internal static class ChatResults
{
    /// <param name="request">The question.</param>
    /// <param name="read">The answer, with its price.</param>
    /// <param name="call">How it came.</param>
    public static ChatResult Of(ChatRequest request, ChatReading read, CallContext call)
    {
        Usage? usage = read.Usage;
        IReadOnlyList<ChatChoice> choices = read.Reader.Answer.Choices();
        ChatMessage message = choices.Count > 0 ? choices[0].Message : new ChatMessage(ChatRole.Assistant, null);
        return new ChatResult
        {
            Text = message.Content ?? "",
            Model = request.Model,
            ResolvedModel = read.ResolvedModel,
            FinishReason = choices.Count > 0 ? choices[0].FinishReason : null,
            PromptTokens = usage?.PromptTokens,
            CompletionTokens = usage?.CompletionTokens,
            CachedTokens = usage?.CachedTokens,
            CacheWriteTokens = usage?.CacheWriteTokens,
            ReasoningTokens = usage?.ReasoningTokens,
            Cost = read.Cost,
            CostSource = read.CostSource,
            Duration = call.Duration,
            TimeToFirstToken = read.TimeToFirstToken,
            Attempts = call.Attempt,
            CallId = read.Headers.CallId,
            Input = request.Input,
            Reasoning = message.Reasoning,
            ToolCalls = message.ToolCalls,
            Choices = choices,
            Messages = [.. request.Messages, message],
            Headers = read.Headers.All,
            Raw = read.Reader.Raw,
        };
    }
}
