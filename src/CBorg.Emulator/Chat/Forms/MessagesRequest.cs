namespace CBorg.Emulator.Chat.Forms;

/// <summary>A request in Anthropic's form as one in chat form.</summary>
internal static class MessagesRequest
{
    private static readonly string[] s_kept = ["model", "messages", "stream", "max_tokens", "temperature", "top_p", "thinking"];

    public static JsonObject ToChat(JsonObject body)
    {
        var chat = new JsonObject();
        foreach (var name in s_kept.Where(body.ContainsKey))
        {
            chat[name] = body[name]?.DeepClone();
        }

        if (body["messages"] is JsonArray messages && messages.All(m => m is JsonObject))
        {
            chat["messages"] = new JsonArray([.. System(body["system"]), .. messages.SelectMany(m => Message(m!.AsObject()))]);
        }

        if (body["stop_sequences"] is { } stops)
        {
            chat["stop"] = stops.DeepClone();
        }

        if (body["tools"] is JsonArray tools)
        {
            chat["tools"] = new JsonArray([.. tools.OfType<JsonObject>().Select(Tool)]);
            AddToolChoice(chat, body["tool_choice"] as JsonObject);
        }

        if (Json.IsTrue(body["stream"]))
        {
            chat["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return chat;
    }

    private static IEnumerable<JsonNode> System(JsonNode? system) =>
        system is null ? [] : [new JsonObject { ["role"] = "system", ["content"] = system.DeepClone() }];

    private static IEnumerable<JsonNode> Message(JsonObject message)
    {
        if (message["content"] is not JsonArray blocks)
        {
            return [message.DeepClone()];
        }

        var ofType = blocks.OfType<JsonObject>().ToLookup(b => (string?)b["type"]);
        var results = ofType["tool_result"]
            .Select(b =>
                (JsonNode)
                    new JsonObject
                    {
                        ["role"] = "tool",
                        ["tool_call_id"] = b["tool_use_id"]?.DeepClone(),
                        ["content"] = b["content"]?.DeepClone(),
                    }
            );
        var rest = new JsonObject { ["role"] = message["role"]?.DeepClone() };
        var parts = new JsonArray([.. ofType["text"].Select(b => b.DeepClone()), .. ofType["image"].Select(Image)]);
        rest["content"] = parts.Count > 0 ? parts : null;
        if (ofType["tool_use"].Any())
        {
            rest["tool_calls"] = new JsonArray([.. ofType["tool_use"].Select(ToolCall)]);
        }

        return parts.Count == 0 && !rest.ContainsKey("tool_calls") ? results : [.. results, rest];
    }

    private static JsonNode Image(JsonObject block) =>
        new JsonObject
        {
            ["type"] = "image_url",
            ["image_url"] = new JsonObject
            {
                ["url"] =
                    (string?)block["source"]?["url"]
                    ?? $"data:{block["source"]?["media_type"]};base64,{block["source"]?["data"]}",
            },
        };

    private static JsonNode ToolCall(JsonObject block) =>
        new JsonObject
        {
            ["id"] = block["id"]?.DeepClone(),
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = block["name"]?.DeepClone(), ["arguments"] = Json.Write(block["input"]) },
        };

    private static JsonNode Tool(JsonObject tool) =>
        new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = tool["name"]?.DeepClone(),
                ["description"] = tool["description"]?.DeepClone(),
                ["parameters"] = tool["input_schema"]?.DeepClone(),
            },
        };

    private static void AddToolChoice(JsonObject chat, JsonObject? choice)
    {
        JsonNode? wanted = (string?)choice?["type"] switch
        {
            "any" => "required",
            "none" => "none",
            "tool" => new JsonObject
            {
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = choice!["name"]?.DeepClone() },
            },
            _ => null,
        };
        if (wanted is not null)
        {
            chat["tool_choice"] = wanted;
        }
    }
}
