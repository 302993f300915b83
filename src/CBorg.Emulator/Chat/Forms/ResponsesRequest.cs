namespace CBorg.Emulator.Chat.Forms;

/// <summary>A request of OpenAI's responses as one in chat form.</summary>
internal static class ResponsesRequest
{
    private static readonly (string From, string To)[] s_names =
    [
        ("model", "model"),
        ("stream", "stream"),
        ("temperature", "temperature"),
        ("top_p", "top_p"),
        ("max_output_tokens", "max_tokens"),
        ("parallel_tool_calls", "parallel_tool_calls"),
        ("user", "user"),
    ];

    public static JsonObject ToChat(JsonObject body)
    {
        var chat = new JsonObject();
        foreach (var (from, to) in s_names.Where(n => body[n.From] is not null))
        {
            chat[to] = body[from]!.DeepClone();
        }

        chat["messages"] = new JsonArray([.. Instructions(body["instructions"]), .. Messages(body["input"])]);
        if (body["reasoning"]?["effort"] is { } effort)
        {
            chat["reasoning_effort"] = effort.DeepClone();
        }

        if (body["tools"] is JsonArray tools)
        {
            var functions = tools.OfType<JsonObject>().Where(t => (string?)t["type"] == "function");
            chat["tools"] = new JsonArray([.. functions.Select(t => Nested(t, "function"))]);
            var choice = body["tool_choice"];
            chat["tool_choice"] = choice is JsonObject one ? Nested(one, "function") : choice?.DeepClone();
        }

        if (body["text"]?["format"] is JsonObject format && (string?)format["type"] != "text")
        {
            chat["response_format"] = Nested(format, (string?)format["type"] ?? "");
        }

        if (Json.IsTrue(body["stream"]))
        {
            chat["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return chat;
    }

    private static IEnumerable<JsonNode> Instructions(JsonNode? text) =>
        text is null ? [] : [new JsonObject { ["role"] = "system", ["content"] = text.DeepClone() }];

    private static IEnumerable<JsonNode> Messages(JsonNode? input) =>
        input is JsonArray items
            ? items.OfType<JsonObject>().Select(Message)
            : [new JsonObject { ["role"] = "user", ["content"] = input?.DeepClone() }];

    private static JsonNode Message(JsonObject item) =>
        (string?)item["type"] switch
        {
            "function_call" => new JsonObject
            {
                ["role"] = "assistant",
                ["content"] = null,
                ["tool_calls"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = item["call_id"]?.DeepClone(),
                        ["type"] = "function",
                        ["function"] = new JsonObject
                        {
                            ["name"] = item["name"]?.DeepClone(),
                            ["arguments"] = item["arguments"]?.DeepClone(),
                        },
                    }
                ),
            },
            "function_call_output" => new JsonObject
            {
                ["role"] = "tool",
                ["tool_call_id"] = item["call_id"]?.DeepClone(),
                ["content"] = item["output"]?.DeepClone(),
            },
            _ => new JsonObject { ["role"] = item["role"]?.DeepClone(), ["content"] = Content(item["content"]) },
        };

    private static JsonNode? Content(JsonNode? content) =>
        content is JsonArray parts ? new JsonArray([.. parts.OfType<JsonObject>().Select(Part)]) : content?.DeepClone();

    private static JsonNode Part(JsonObject part) =>
        (string?)part["type"] == "input_image"
            ? new JsonObject
            {
                ["type"] = "image_url",
                ["image_url"] = new JsonObject { ["url"] = part["image_url"]?.DeepClone() },
            }
            : new JsonObject { ["type"] = "text", ["text"] = part["text"]?.DeepClone() };

    /// <summary>What responses write flat, chat writes in a member named like the type: {"type": "function", "function":
    /// {...}}.</summary>
    private static JsonNode Nested(JsonObject flat, string member)
    {
        var inner = new JsonObject();
        foreach (var (name, value) in flat.Where(m => m.Key != "type"))
        {
            inner[name] = value?.DeepClone();
        }

        return inner.Count == 0 ? flat.DeepClone() : new JsonObject { ["type"] = flat["type"]?.DeepClone(), [member] = inner };
    }
}
