using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Core.Tests.Replay;

/// <summary>Asks the client what was asked of the proxy.</summary>
internal static class RecordedRequest
{
    private static readonly string[] s_own = ["model", "messages", "stream"];

    /// <summary>Whether a chat request can express it; the rest goes as it is to its route.</summary>
    public static bool IsChat(Recording recording) =>
        recording.Method == "POST"
        && recording.Path is "/chat/completions" or "/v1/chat/completions"
        && recording.Json is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty("model", out JsonElement model)
        && model.ValueKind == JsonValueKind.String
        && json.TryGetProperty("messages", out JsonElement messages)
        && messages.ValueKind == JsonValueKind.Array;

    public static Task<ChatResult> AskAsync(ICBorgClient client, Recording recording, Func<ChatDelta, Task>? onDelta) =>
        client.ChatAsync(Chat(recording.Json!.Value), onDelta, null, CancellationToken.None);

    public static Task<RestResponse> SendAsync(ICBorgClient client, Recording recording) =>
        client.SendAsync(
            new RestRequest
            {
                Method = recording.Method,
                Path = recording.Path,
                Body = recording.Json is { } json ? json.GetRawText() : recording.Text,
            },
            null,
            CancellationToken.None
        );

    /// <summary>The request as texts: a string is a query, a list documents. Null when it holds something else.</summary>
    public static EmbeddingRequest? Embedding(Recording recording)
    {
        if (
            !recording.Path.EndsWith("/embeddings", StringComparison.Ordinal)
            || recording.Json is not { ValueKind: JsonValueKind.Object } json
            || !json.TryGetProperty("input", out JsonElement input)
        )
        {
            return null;
        }

        bool query = input.ValueKind == JsonValueKind.String;
        string?[] texts =
            query ? [input.GetString()]
            : input.ValueKind == JsonValueKind.Array
                ? [.. input.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : null)]
            : [];
        return texts.Length == 0 || texts.Any(string.IsNullOrEmpty)
            ? null
            : new EmbeddingRequest
            {
                Model = json.GetProperty("model").GetString()!,
                Texts = texts!,
                Kind = query ? EmbeddingKind.Query : EmbeddingKind.Document,
            };
    }

    public static ChatRequest Chat(JsonElement json)
    {
        Hashtable extra = [];
        foreach (JsonProperty member in json.EnumerateObject().Where(member => !s_own.Contains(member.Name)))
        {
            extra[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        JsonElement[] messages = [.. json.GetProperty("messages").EnumerateArray()];
        bool simple = messages.All(IsSimple);
        if (!simple)
        {
            extra["messages"] = JsonNode.Parse(json.GetProperty("messages").GetRawText());
        }

        return new ChatRequest
        {
            Model = json.GetProperty("model").GetString()!,
            Messages = simple
                ?
                [
                    .. messages.Select(message => new ChatMessage(
                        message.GetProperty("role").GetString()!,
                        message.GetProperty("content").GetString()
                    )),
                ]
                : [],
            Stream = json.TryGetProperty("stream", out JsonElement stream) && stream.ValueKind == JsonValueKind.True,
            ExtraBody = extra,
        };
    }

    private static bool IsSimple(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message
            .EnumerateObject()
            .All(member => member.Name is "role" or "content" && member.Value.ValueKind == JsonValueKind.String)
        && message.TryGetProperty("role", out _)
        && message.TryGetProperty("content", out _);
}
