using System.Collections;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>A chat request with members that a user added as they are; they win over the others.</summary>
internal static class ChatBodyExtra
{
    private const string StreamOptions = "stream_options";

    public static JsonObject Merge(byte[] written, IDictionary extra)
    {
        JsonObject body = JsonNode.Parse(written)!.AsObject();
        foreach (KeyValuePair<string, JsonNode?> member in PlainJson.FromDictionary(extra))
        {
            body[member.Key] = member.Value?.DeepClone();
        }

        if (!IsStream(body) && !extra.Contains(StreamOptions))
        {
            // Providers reject options of a stream that is none.
            body.Remove(StreamOptions);
        }

        return body;
    }

    public static bool IsStream(JsonObject body) =>
        body["stream"] is JsonValue stream && stream.TryGetValue(out bool streamed) && streamed;

    public static bool HasMaxTokens(JsonObject body) =>
        body["max_completion_tokens"] is not null || body["max_tokens"] is not null;

    public static long? MaxTokens(JsonObject body) => Number(body["max_completion_tokens"]) ?? Number(body["max_tokens"]);

    public static long Choices(JsonObject body) => Number(body["n"]) ?? 1;

    private static long? Number(JsonNode? node) =>
        node is JsonValue value
            ? value.TryGetValue(out long whole)
                ? whole
                : value.TryGetValue(out int small)
                    ? small
                    : value.TryGetValue(out double number)
                        ? (long)number
                        : null
            : null;
}
