using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CBorg.Emulator.Answers.Images;
using CBorg.Emulator.Answers.Tools;

namespace CBorg.Emulator.Answers;

/// <summary>One message of a request, its parts sorted by kind.</summary>
internal sealed record Message(
    string Role,
    string Text,
    IReadOnlyList<ImageFacts> Images,
    IReadOnlyList<FileFacts> Files,
    IReadOnlyList<ToolCall> ToolCalls,
    string? ToolCallId)
{
    public static Message From(JsonNode? node)
    {
        if (node is not JsonObject message)
        {
            return new Message("user", node?.ToString() ?? "", [], [], [], null);
        }

        var parts = (message["content"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        return new Message(
            message.Text("role") ?? "user",
            message["content"] is JsonArray ? JoinTexts(parts) : message.Text("content") ?? "",
            parts.Where(part => part.Text("type") is "image_url" or "input_image").Select(ImageFacts.From).ToList(),
            parts.Select(FileFacts.From).OfType<FileFacts>().ToList(),
            (message["tool_calls"] as JsonArray)?.OfType<JsonObject>().Select(ToolCall.From).ToList() ?? [],
            message.Text("tool_call_id"));
    }

    private static string JoinTexts(List<JsonObject> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts.Where(part => part.Text("type") is "text" or "input_text"))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(part.Text("text"));
        }

        return text.ToString();
    }
}
