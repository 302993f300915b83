using System;
using System.Collections;
using System.Collections.Generic;

namespace CBorg;

/// <summary>One question to a chat model. Null members are not sent, so that the model's own defaults hold.</summary>
public sealed class ChatRequest
{
    /// <summary>The model's name on the proxy, exact and case-sensitive.</summary>
    public string Model { get; init; } = "";

    /// <summary>The conversation so far, the question last.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init; } = Array.Empty<ChatMessage>();

    /// <summary>Randomness, usually 0 to 2. Some reasoning models refuse it.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling, 0 to 1.</summary>
    public double? TopP { get; init; }

    /// <summary>The longest answer, in tokens, thoughts included.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Texts that end the answer.</summary>
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>Asks for repeatable sampling; a promise of few providers.</summary>
    public long? Seed { get; init; }

    /// <summary><c>none</c>, <c>minimal</c>, <c>low</c>, <c>medium</c>, <c>high</c> or what else the model knows.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>Members added to the request body as they are; they win over the ones above.</summary>
    public IDictionary? ExtraBody { get; init; }

    /// <summary>Whether to stream on the wire. A stream has no 100 s silence limit at the gateway and keeps partial text; a
    /// plain reply has the exact cost in a header.</summary>
    public bool Stream { get; init; } = true;

    /// <summary>The longest the whole call may take, waits included. Null takes the connection's.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the wait for a first free place counts in <see cref="Timeout"/>. False for one of many rows: each
    /// of them gets its whole time once it may go.</summary>
    public bool QueueTimeCounts { get; init; } = true;

    /// <summary>Whether the result keeps the reply as it came (<see cref="ChatResult.Raw"/>); an error always does.</summary>
    public bool IncludeRaw { get; init; }

    /// <summary>What the caller gave, handed through to <see cref="ChatResult.Input"/>.</summary>
    public object? Input { get; init; }
}
