using CBorg.Core.Chat;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>Writes down what a call was and what became of it, for its last event.</summary>
internal static class CallRecords
{
    /// <param name="call">The call.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="reading">What was read of its answer; null when there was none.</param>
    /// <param name="failure">Why it failed; null when it did not, or was given up.</param>
    public static CallRecord Of(CallContext call, CallOutcome outcome, ReplyReading? reading, CBorgException? failure)
    {
        Usage? usage = reading?.Usage;
        return new CallRecord
        {
            Route = call.Request.Route,
            Model = call.Request.Model,
            Deployment = call.ReplyHeaders?.ModelId,
            ResolvedModel = reading?.ResolvedModel ?? call.ReplyHeaders?.ModelName,
            Outcome = outcome,
            Failure = failure,
            PromptTokens = usage?.PromptTokens,
            CompletionTokens = usage?.CompletionTokens,
            CachedTokens = usage?.CachedTokens,
            ReasoningTokens = usage?.ReasoningTokens,
            Cost = reading?.Cost,
            CostSource = reading?.CostSource ?? CostSource.Unknown,
            EstimatedCost = outcome == CallOutcome.Succeeded ? null : call.EstimatedCost,
            Attempts = call.Requests,
            StartedAt = call.StartedAt,
            Duration = call.Duration,
            WaitTime = call.WaitTime,
            TimeToFirstToken = reading?.TimeToFirstToken,
            StatusCode = call.ReplyStatus,
            CallId = call.ReplyHeaders?.CallId,
        };
    }
}
