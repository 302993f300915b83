using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Core.Limits;

namespace CBorg.Core.Chat;

/// <summary>What a question will take of the tokens a minute.</summary>
internal static class ChatDemand
{
    private static readonly string[] s_caps = ["max_completion_tokens", "max_tokens"];

    public static TokenEstimate Of(ChatRequest request, JsonObject body) => new(
        request.Messages.Sum(message => (long)(message.Content?.Length ?? 0)),
        s_caps.Select(name => Number(body[name])).FirstOrDefault(cap => cap is not null),
        Number(body["n"]) ?? 1);

    public static bool HasMaxTokens(JsonObject body) => s_caps.Any(name => body[name] is not null);

    private static long? Number(JsonNode? node) => node is JsonValue value
        ? value.TryGetValue(out long whole) ? whole
            : value.TryGetValue(out int small) ? small
            : value.TryGetValue(out double number) ? (long)number : null
        : null;
}
