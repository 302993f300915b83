using System.Collections.Generic;
using System.Text.Json.Nodes;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>A chat request as OpenAI's protocol writes it.</summary>
internal static class ChatBody
{
    public static JsonObject Build(ChatRequest request)
    {
        JsonObject body = new()
        {
            ["model"] = request.Model,
            ["messages"] = Messages(request.Messages),
        };
        Set(body, "temperature", request.Temperature);
        Set(body, "top_p", request.TopP);
        Set(body, "max_tokens", request.MaxTokens);
        Set(body, "seed", request.Seed);
        Set(body, "reasoning_effort", request.ReasoningEffort);
        Set(body, "stop", request.Stop);
        if (request.Stream)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        foreach (KeyValuePair<string, JsonNode?> extra in request.ExtraBody is null ? [] : PlainJson.FromDictionary(request.ExtraBody))
        {
            body[extra.Key] = extra.Value?.DeepClone();
        }

        if (!IsStream(body) && request.ExtraBody?.Contains("stream_options") != true)
        {
            // Providers reject options of a stream that is none.
            body.Remove("stream_options");
        }

        return body;
    }

    public static bool IsStream(JsonObject body) => body["stream"] is JsonValue stream && stream.TryGetValue(out bool streamed) && streamed;

    public static JsonArray Messages(IReadOnlyList<ChatMessage> messages)
    {
        JsonArray list = [];
        foreach (ChatMessage message in messages)
        {
            list.Add(Message(message));
        }

        return list;
    }

    private static JsonObject Message(ChatMessage message)
    {
        JsonObject json = new() { ["role"] = message.Role, ["content"] = Content(message) };
        if (message.CacheControl)
        {
            json["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        }

        if (message.ToolCalls.Count > 0)
        {
            json["tool_calls"] = ToolCalls(message.ToolCalls);
        }

        if (message.ThinkingBlocks is { Length: > 0 } blocks)
        {
            json["thinking_blocks"] = JsonNode.Parse(blocks);
        }

        Set(json, "tool_call_id", message.ToolCallId);
        return json;
    }

    private static JsonNode? Content(ChatMessage message)
    {
        if (message.Images.Count == 0)
        {
            return message.Content is null ? null : JsonValue.Create(message.Content);
        }

        JsonArray parts = [];
        if (!string.IsNullOrEmpty(message.Content))
        {
            parts.Add(new JsonObject { ["type"] = "text", ["text"] = message.Content });
        }

        foreach (ChatImage image in message.Images)
        {
            JsonObject url = new() { ["url"] = image.Url };
            Set(url, "detail", image.Detail);
            parts.Add(new JsonObject { ["type"] = "image_url", ["image_url"] = url });
        }

        return parts;
    }

    private static JsonArray ToolCalls(IReadOnlyList<ChatToolCall> calls)
    {
        JsonArray list = [];
        foreach (ChatToolCall call in calls)
        {
            list.Add(new JsonObject
            {
                ["id"] = call.Id,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
            });
        }

        return list;
    }

    private static void Set(JsonObject body, string name, object? value)
    {
        if (value is not null)
        {
            body[name] = PlainJson.From(value);
        }
    }
}
