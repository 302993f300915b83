using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace CBorg;

/// <summary>A model's answer, what it took and what it cost.</summary>
public sealed class ChatResult
{
    /// <summary>The answer's text; empty when the model only called tools or spent all tokens thinking.</summary>
    public string Text { get; init; } = "";

    /// <summary>The model as it was asked for.</summary>
    public string Model { get; init; } = "";

    /// <summary>
    /// The underlying model that answered, read from the deployment that the header <c>x-litellm-model-id</c> names. Null
    /// when the proxy does not say.
    /// </summary>
    public string? ResolvedModel { get; init; }

    /// <summary><c>stop</c>, <c>length</c> (cut by a token limit), <c>tool_calls</c>, <c>content_filter</c>, or another
    /// word of the provider's. Null when none came.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Tokens of the question, cached ones included. Null when the proxy did not say.</summary>
    public long? PromptTokens { get; init; }

    /// <summary>Tokens of the answer, thoughts included. Null when the proxy did not say.</summary>
    public long? CompletionTokens { get; init; }

    /// <summary>Tokens of the question that came from a prompt cache. Null when the proxy did not say.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>Tokens of the answer that went into thinking. Null when the proxy did not say.</summary>
    public long? ReasoningTokens { get; init; }

    /// <summary>USD. Null when it cannot be known; 0 only when the model is free.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Where <see cref="Cost"/> comes from.</summary>
    public CostSource CostSource { get; init; }

    /// <summary>From the first sending to the last byte, waits included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>From the last sending to the first text or thought. Null for a plain reply.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>How many requests it took; 1 when the first one succeeded.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary><c>x-litellm-call-id</c>: name it when asking the operators. Null when the proxy did not send one.</summary>
    public string? CallId { get; init; }

    /// <summary>What was asked: the prompt, or the object it came from.</summary>
    public object? Input { get; init; }

    /// <summary>The model's thoughts, when it shows them; null when not.</summary>
    [Hidden]
    public string? Reasoning { get; init; }

    /// <summary>Tokens of the question that were written into a prompt cache. Null when the proxy did not say.</summary>
    [Hidden]
    public long? CacheWriteTokens { get; init; }

    /// <summary>The calls that the model asks for; nothing has run them.</summary>
    [Hidden]
    public IReadOnlyList<ChatToolCall> ToolCalls
    {
        get;
        init => field = Lists.Indexable(value);
    } = Array.Empty<ChatToolCall>();

    /// <summary>All answers when several were asked for; the first is the one above.</summary>
    [Hidden]
    public IReadOnlyList<ChatChoice> Choices
    {
        get;
        init => field = Lists.Indexable(value);
    } = Array.Empty<ChatChoice>();

    /// <summary>The conversation with this answer at its end: give it to the next question.</summary>
    [Hidden]
    public IReadOnlyList<ChatMessage> Messages
    {
        get;
        init => field = Lists.Indexable(value);
    } = Array.Empty<ChatMessage>();

    /// <summary>The reply's headers, without any secret.</summary>
    [Hidden]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The reply as it came: the JSON body, or a stream's events one a line. Null unless it was asked for
    /// (<see cref="ChatRequest.IncludeRaw"/>); what arrived before an error always has it.</summary>
    [Hidden]
    public string? Raw { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
