using System;

namespace CBorg;

/// <summary>
/// What one call was and what became of it: emitted exactly once per call, with its last <see cref="CallEvent"/>, whether it
/// succeeded, failed or was given up. Holds no prompt and no answer. Null members are not known.
/// </summary>
public sealed class CallRecord
{
    /// <summary>The route, without its query: <c>/chat/completions</c>.</summary>
    public string Route { get; init; } = "";

    /// <summary>The model as it was asked for. Null for routes that have none.</summary>
    public string? Model { get; init; }

    /// <summary>The deployment that answered: LiteLLM's <c>x-litellm-model-id</c>.</summary>
    public string? Deployment { get; init; }

    /// <summary>The underlying model that answered.</summary>
    public string? ResolvedModel { get; init; }

    /// <summary>How it ended.</summary>
    public CallOutcome Outcome { get; init; }

    /// <summary>Why it failed. Null for a success, and for a call that was given up.</summary>
    public CBorgException? Failure { get; init; }

    /// <summary>Tokens of the question, cached ones included.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Tokens of the answer, thoughts included.</summary>
    public long? CompletionTokens { get; init; }

    /// <summary>Tokens of the question that came from a prompt cache.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>Tokens of the answer that went into thinking.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>USD, of what arrived. Null when it cannot be known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Where <see cref="Cost"/> comes from.</summary>
    public CostSource CostSource { get; init; }

    /// <summary>
    /// What a call that was given up has cost at least, in USD, by list prices. Null for all others, and when nobody can tell.
    /// </summary>
    public decimal? EstimatedCost { get; init; }

    /// <summary>How many requests were sent; 0 when it ended before the first.</summary>
    public int Attempts { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>From its beginning to its end, waits included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// How much of <see cref="Duration"/> went into waiting: for the rate limiter, between attempts, for a service that was
    /// down.
    /// </summary>
    public TimeSpan WaitTime { get; init; }

    /// <summary>From the last sending to the first text or thought. Null for a reply that was no stream.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>The last HTTP status. Null when there was no reply.</summary>
    public int? StatusCode { get; init; }

    /// <summary>LiteLLM's <c>x-litellm-call-id</c> of the last reply.</summary>
    public string? CallId { get; init; }
}
