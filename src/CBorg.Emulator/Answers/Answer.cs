namespace CBorg.Emulator.Answers;

/// <summary>What the stand-in for a model answers, and what it counted.</summary>
internal sealed record Answer
{
    public required IReadOnlyList<AnswerChoice> Choices { get; init; }

    /// <summary>All tokens of the prompt, those from and into the cache included.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Tokens of all choices, those of reasoning included.</summary>
    public required int CompletionTokens { get; init; }

    public int ReasoningTokens { get; init; }

    public CachedPrompt Cached { get; init; } = CachedPrompt.None;
}

/// <summary>One of the answers to a request.</summary>
internal sealed record AnswerChoice(string? Text, string? Reasoning, IReadOnlyList<ToolCall> ToolCalls, string FinishReason);

/// <summary>A request that a provider answers with an error of its own.</summary>
internal sealed class RequestRefused(string message, string? param, string? code) : Exception(message)
{
    public string? Param { get; } = param;

    public string? Code { get; } = code;
}
