using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>A conversation as OpenAI's protocol writes it.</summary>
internal static class ChatMessages
{
    /// <summary>For requests that are put together as a tree.</summary>
    public static JsonNode ToNode(IReadOnlyList<ChatMessage> messages)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, PlainJson.Options))
        {
            json.WriteStartObject();
            Write(json, messages);
            json.WriteEndObject();
        }

        return JsonNode.Parse(stream.ToArray())!["messages"]!.DeepClone();
    }

    /// <summary>Writes the member <c>messages</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages)
    {
        json.WriteStartArray("messages");
        foreach (ChatMessage message in messages)
        {
            Write(json, message);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role);
        WriteContent(json, message);
        if (message.CacheControl)
        {
            json.WriteStartObject("cache_control");
            json.WriteString("type", "ephemeral");
            json.WriteEndObject();
        }

        if (message.ToolCalls.Count > 0)
        {
            WriteToolCalls(json, message.ToolCalls);
        }

        if (message.ThinkingBlocks is { Length: > 0 } blocks)
        {
            using JsonDocument document = JsonDocument.Parse(blocks);
            json.WritePropertyName("thinking_blocks");
            document.RootElement.WriteTo(json);
        }

        if (message.ToolCallId is { } id)
        {
            json.WriteString("tool_call_id", id);
        }

        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, ChatMessage message)
    {
        if (message.Images.Count == 0)
        {
            json.WriteString("content", message.Content);
            return;
        }

        json.WriteStartArray("content");
        if (!string.IsNullOrEmpty(message.Content))
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", message.Content);
            json.WriteEndObject();
        }

        foreach (ChatImage image in message.Images)
        {
            WriteImage(json, image);
        }

        json.WriteEndArray();
    }

    private static void WriteImage(Utf8JsonWriter json, ChatImage image)
    {
        json.WriteStartObject();
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", image.Url);
        if (image.Detail is { } detail)
        {
            json.WriteString("detail", detail);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteToolCalls(Utf8JsonWriter json, IReadOnlyList<ChatToolCall> calls)
    {
        json.WriteStartArray("tool_calls");
        foreach (ChatToolCall call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id", call.Id);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            json.WriteString("arguments", call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
