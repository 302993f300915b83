using System.Collections.Generic;

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
