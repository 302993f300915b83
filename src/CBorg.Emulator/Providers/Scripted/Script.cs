using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>What a scripted model answers, as data.</summary>
internal sealed record Script
{
    public string? Text { get; init; } = "After A comes B.";

    public string? Reasoning { get; init; }

    public string? Refusal { get; init; }

    public IReadOnlyList<(string Name, string Arguments)> ToolCalls { get; init; } = [];

    public string FinishReason { get; init; } = "stop";

    public int PromptTokens { get; init; } = 17;

    public int CompletionTokens { get; init; } = 6;

    public bool Usage { get; init; } = true;

    /// <summary>Usage with details, cached and reasoning tokens among them.</summary>
    public bool Details { get; init; }

    /// <summary>Every member that may be null is there and null, as vLLM writes them.</summary>
    public bool Nulls { get; init; }

    public JsonArray? Annotations { get; init; }

    /// <summary>Seconds before the answer.</summary>
    public double Pause { get; init; }

    /// <summary>Seconds after each chunk of a stream.</summary>
    public double WordPause { get; init; }

    /// <summary>How many of the prompt's tokens came from a cache; null leaves that to the details.</summary>
    public int? CachedTokens { get; init; }

    /// <summary>The name it gives itself, when not the one it was asked by.</summary>
    public string? Model { get; init; }
}
