using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>One choice as it grows.</summary>
internal sealed class ChoiceBuilder(int index)
{
    private readonly TextPieces _text = new();
    private readonly TextPieces _reasoning = new();
    private ToolCallBuilder? _toolCalls;
    private ThinkingBuilder? _thinking;
    private bool _contentSeen;

    public int Index => index;

    public string? FinishReason { get; private set; }

    /// <returns>The new text, the new thoughts, and whether anything visible came.</returns>
    public (string Text, string Reasoning, bool Content) Add(JsonElement message, string? finishReason)
    {
        JsonElement? content = message.Member("content");
        string text = content?.AsText() ?? ContentParts(content);
        string reasoning = message.Text("reasoning_content") ?? "";
        _contentSeen |= content is not null;
        _text.Add(text);
        _reasoning.Add(reasoning);
        bool called = message.Member("tool_calls") is not null && (_toolCalls ??= new ToolCallBuilder()).Add(message);
        if (message.Member("thinking_blocks") is not null)
        {
            (_thinking ??= new ThinkingBuilder()).Add(message);
        }

        // An empty chunk after the end repeats no reason, and must not take it away.
        FinishReason = finishReason ?? FinishReason;
        return (text, reasoning, text.Length > 0 || reasoning.Length > 0 || called);
    }

    public ChatChoice Build()
    {
        IReadOnlyList<ChatToolCall> calls = _toolCalls?.Build() ?? Array.Empty<ChatToolCall>();
        return new ChatChoice
        {
            Index = index,

            // Gemini's tool calls end in "stop" on some versions: the calls decide, not the word.
            FinishReason = calls.Count > 0 && FinishReason == "stop" ? "tool_calls" : FinishReason,
            Message = new ChatMessage(ChatRole.Assistant, !_text.IsEmpty || _contentSeen ? _text.ToString() : null)
            {
                Reasoning = _reasoning.IsEmpty ? null : _reasoning.ToString(),
                ToolCalls = calls,
                ThinkingBlocks = _thinking?.Build(),
            },
        };
    }

    private static string ContentParts(JsonElement? content)
    {
        if (content is not { ValueKind: JsonValueKind.Array } parts)
        {
            return "";
        }

        StringBuilder text = new();
        foreach (JsonElement part in parts.EnumerateArray())
        {
            text.Append(part.Text("text"));
        }

        return text.ToString();
    }
}
