namespace CBorg.Emulator.Chat.Forms;

/// <summary>The object of OpenAI's responses, and the items of its output.</summary>
internal sealed class ResponseBody(LlmCall llm)
{
    private readonly string _id = $"resp_{Guid.NewGuid():N}";
    private readonly JsonObject _request = llm.Call.BodyObject ?? [];

    public JsonObject Of(string status, IEnumerable<JsonObject> output, JsonNode? usage = null) =>
        new()
        {
            ["id"] = _id,
            ["created_at"] = llm.Started.ToUnixTimeSeconds(),
            ["error"] = null,
            ["incomplete_details"] = status == "incomplete" ? new JsonObject { ["reason"] = "max_output_tokens" } : null,
            ["instructions"] = _request["instructions"]?.DeepClone(),
            ["metadata"] = _request["metadata"]?.DeepClone() ?? new JsonObject(),
            ["model"] = llm.Model,
            ["object"] = "response",
            ["output"] = new JsonArray([.. output.Select(o => (JsonNode)o.DeepClone())]),
            ["parallel_tool_calls"] =
                !_request.ContainsKey("parallel_tool_calls") || Json.IsTrue(_request["parallel_tool_calls"]),
            ["temperature"] = _request["temperature"]?.DeepClone(),
            ["tool_choice"] = _request["tool_choice"]?.DeepClone() ?? "auto",
            ["tools"] = _request["tools"]?.DeepClone() ?? new JsonArray(),
            ["top_p"] = _request["top_p"]?.DeepClone(),
            ["max_output_tokens"] = _request["max_output_tokens"]?.DeepClone(),
            ["previous_response_id"] = _request["previous_response_id"]?.DeepClone(),
            ["reasoning"] = _request["reasoning"]?.DeepClone(),
            ["status"] = status,
            ["text"] = _request["text"]?.DeepClone() ?? new JsonObject { ["format"] = new JsonObject { ["type"] = "text" } },
            ["truncation"] = _request["truncation"]?.DeepClone(),
            ["usage"] = usage is null ? null : UsageOf(usage),
            ["user"] = _request["user"]?.DeepClone(),
            ["store"] = !_request.ContainsKey("store") || Json.IsTrue(_request["store"]),
        };

    public static JsonObject MessageItem(string id, string status, string? text) =>
        new()
        {
            ["type"] = "message",
            ["id"] = id,
            ["role"] = "assistant",
            ["status"] = status,
            ["content"] = text is null ? new JsonArray() : new JsonArray(TextPart(text)),
        };

    public static JsonObject TextPart(string text) =>
        new()
        {
            ["type"] = "output_text",
            ["text"] = text,
            ["annotations"] = new JsonArray(),
        };

    public static JsonObject ReasoningItem(string text) =>
        new()
        {
            ["type"] = "reasoning",
            ["id"] = $"rs_{Guid.NewGuid():N}",
            ["summary"] = new JsonArray(new JsonObject { ["type"] = "summary_text", ["text"] = text }),
        };

    /// <param name="call">The call in chat form.</param>
    public static JsonObject CallItem(string status, JsonNode call, string arguments) =>
        new()
        {
            ["type"] = "function_call",
            ["id"] = $"fc_{Guid.NewGuid():N}",
            ["call_id"] = call["id"]?.DeepClone(),
            ["name"] = call["function"]?["name"]?.DeepClone(),
            ["arguments"] = arguments,
            ["status"] = status,
        };

    private static JsonObject UsageOf(JsonNode usage) =>
        new()
        {
            ["input_tokens"] = Usage.Number(usage["prompt_tokens"]),
            ["input_tokens_details"] = new JsonObject
            {
                ["cached_tokens"] = Usage.Number(usage["prompt_tokens_details"]?["cached_tokens"]),
            },
            ["output_tokens"] = Usage.Number(usage["completion_tokens"]),
            ["output_tokens_details"] = new JsonObject
            {
                ["reasoning_tokens"] = Usage.Number(usage["completion_tokens_details"]?["reasoning_tokens"]),
            },
            ["total_tokens"] = Usage.Number(usage["total_tokens"]),
        };
}
