using System;
using System.Collections.Generic;

namespace CBorg;

/// <summary>One message of a conversation.</summary>
public sealed class ChatMessage
{
    /// <summary>An empty message, to be filled by an initializer.</summary>
    public ChatMessage() { }

    /// <summary>A message of plain text.</summary>
    /// <param name="role">One of <see cref="ChatRole"/>, or another that the proxy knows.</param>
    /// <param name="content">The text; null is allowed for an assistant that only called tools.</param>
    public ChatMessage(string role, string? content)
    {
        Role = role;
        Content = content;
    }

    /// <summary>Who speaks: <see cref="ChatRole"/>.</summary>
    public string Role { get; init; } = ChatRole.User;

    /// <summary>The text. Null when an assistant only called tools, or a reasoning model spent all tokens thinking.</summary>
    public string? Content { get; init; }

    /// <summary>Images that go with the text.</summary>
    public IReadOnlyList<ChatImage> Images
    {
        get;
        init => field = Lists.Indexable(value);
    } = Array.Empty<ChatImage>();

    /// <summary>Asks an Anthropic model to cache the prompt up to here (<c>cache_control: ephemeral</c>); others cache by
    /// themselves and ignore it.</summary>
    public bool CacheControl { get; init; }

    /// <summary>The calls that an assistant asked for.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls
    {
        get;
        init => field = Lists.Indexable(value);
    } = Array.Empty<ChatToolCall>();

    /// <summary>In a tool message: the <see cref="ChatToolCall.Id"/> that it answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>An assistant's thoughts, when the model shows them. Null when it does not.</summary>
    public string? Reasoning { get; init; }

    /// <summary>
    /// JSON of an Anthropic model's <c>thinking_blocks</c> with their signatures; they must go back unchanged with the next
    /// request when tools were called. Null for others.
    /// </summary>
    public string? ThinkingBlocks { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Role}: {Content}";
}
