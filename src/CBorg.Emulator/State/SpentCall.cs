using System;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.State;

/// <summary>A finished call of a model, as it goes into the books.</summary>
internal sealed record SpentCall
{
    public required string CallId { get; init; }

    /// <summary>The id of the reply, under which the spend log is kept; the first of several wins.</summary>
    public required string RequestId { get; init; }

    public required KeyRecord Key { get; init; }

    /// <summary>The name that was asked for.</summary>
    public required string ModelGroup { get; init; }

    /// <summary>Where the call went; null when it got nowhere.</summary>
    public Deployment? Deployment { get; init; }

    /// <summary>The route: /chat/completions or /embeddings.</summary>
    public required string Endpoint { get; init; }

    public long PromptTokens { get; init; }

    public long CompletionTokens { get; init; }

    public long CacheReadTokens { get; init; }

    public long CacheWriteTokens { get; init; }

    public double Cost { get; init; }

    public bool Failed { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Ended { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>usage.prompt_tokens_details of the provider's reply.</summary>
    public JsonObject? PromptDetails { get; init; }

    /// <summary>usage.completion_tokens_details of the provider's reply.</summary>
    public JsonObject? CompletionDetails { get; init; }
}
