using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>One choice as it grows.</summary>
internal sealed class ChoiceBuilder
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly ToolCallBuilder _toolCalls = new();
    private readonly ThinkingBuilder _thinking = new();
    private bool _contentSeen;

    public string? FinishReason { get; private set; }

    /// <returns>The new text, the new thoughts, and whether anything visible came.</returns>
    public (string Text, string Reasoning, bool Content) Add(JsonElement message, string? finishReason)
    {
        string text = message.Text("content") ?? ContentParts(message);
        string reasoning = message.Text("reasoning_content") ?? "";
        _contentSeen |= message.Member("content") is not null;
        _text.Append(text);
        _reasoning.Append(reasoning);
        bool called = _toolCalls.Add(message);
        _thinking.Add(message);

        // An empty chunk after the end repeats no reason, and must not take it away.
        FinishReason = finishReason ?? FinishReason;
        return (text, reasoning, text.Length > 0 || reasoning.Length > 0 || called);
    }

    public ChatChoice Build(int index)
    {
        IReadOnlyList<ChatToolCall> calls = _toolCalls.Build();
        return new ChatChoice
        {
            Index = index,

            // Gemini's tool calls end in "stop" on some versions: the calls decide, not the word.
            FinishReason = calls.Count > 0 && FinishReason == "stop" ? "tool_calls" : FinishReason,
            Message = new ChatMessage(ChatRole.Assistant, _text.Length > 0 || _contentSeen ? _text.ToString() : null)
            {
                Reasoning = _reasoning.Length > 0 ? _reasoning.ToString() : null,
                ToolCalls = calls,
                ThinkingBlocks = _thinking.Build(),
            },
        };
    }

    private static string ContentParts(JsonElement message)
    {
        StringBuilder text = new();
        foreach (JsonElement part in message.Items("content"))
        {
            text.Append(part.Text("text"));
        }

        return text.ToString();
    }
}
