namespace CBorg.Emulator.Chat.Forms;

/// <summary>Anthropic's messages: content in blocks, events with names.</summary>
internal sealed class MessagesForm : IConversationForm
{
    private readonly JsonObject _usage = new() { ["input_tokens"] = 0, ["output_tokens"] = 0 };
    private string? _stopReason;
    private string? _block;
    private int _index;
    private bool _started;

    public JsonObject Whole(JsonObject completion)
    {
        var choice = (completion["choices"] as JsonArray)?.FirstOrDefault();
        return new JsonObject
        {
            ["id"] = completion["id"]?.DeepClone(),
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = completion["model"]?.DeepClone(),
            ["stop_sequence"] = null,
            ["usage"] = UsageOf(completion["usage"]),
            ["content"] = new JsonArray([.. Blocks(choice?["message"])]),
            ["stop_reason"] = Reason((string?)choice?["finish_reason"]),
        };
    }

    public IEnumerable<string> Chunk(JsonObject chunk)
    {
        if (!_started)
        {
            _started = true;
            yield return Start(chunk["model"]);
        }

        foreach (var choice in (chunk["choices"] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var e in Delta(choice["delta"] as JsonObject ?? []))
            {
                yield return e;
            }

            _stopReason = choice["finish_reason"] is { } reason ? Reason((string?)reason) : _stopReason;
        }

        if (chunk["usage"] is JsonObject usage)
        {
            var told = UsageOf(usage);
            foreach (var (name, value) in told)
            {
                _usage[name] = value?.DeepClone();
            }
        }
    }

    public IEnumerable<string> End()
    {
        if (_block is not null)
        {
            yield return Event("content_block_stop", new JsonObject { ["index"] = _index });
        }

        yield return Event(
            "message_delta",
            new JsonObject
            {
                ["delta"] = new JsonObject { ["stop_reason"] = _stopReason ?? "end_turn" },
                ["usage"] = _usage.DeepClone(),
            }
        );
        yield return Event("message_stop", []);
    }

    public string Error(ProxyError error) =>
        $"event: error\ndata: {Json.Dumps(ErrorReply.Envelope(error.InAnthropicForm()))}\n\n";

    private IEnumerable<string> Delta(JsonObject delta) =>
        [
            .. Piece(
                "thinking",
                delta["reasoning_content"],
                text => new JsonObject { ["type"] = "thinking_delta", ["thinking"] = text }
            ),
            .. Piece("text", delta["content"], text => new JsonObject { ["type"] = "text_delta", ["text"] = text }),
            .. (delta["tool_calls"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(ToolPiece),
        ];

    private IEnumerable<string> Piece(string kind, JsonNode? text, Func<string, JsonObject> delta)
    {
        if ((string?)text is not { Length: > 0 } words)
        {
            return [];
        }

        var block = new JsonObject { ["type"] = kind, [kind] = "" };
        return [.. _block == kind ? [] : Open(kind, block), Event("content_block_delta", InBlock("delta", delta(words)))];
    }

    private IEnumerable<string> ToolPiece(JsonObject call)
    {
        if ((string?)call["id"] is { } id)
        {
            var block = new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = id,
                ["name"] = call["function"]?["name"]?.DeepClone(),
                ["input"] = new JsonObject(),
            };
            foreach (var e in Open(id, block))
            {
                yield return e;
            }
        }

        if ((string?)call["function"]?["arguments"] is { Length: > 0 } arguments)
        {
            var delta = new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = arguments };
            yield return Event("content_block_delta", InBlock("delta", delta));
        }
    }

    private IEnumerable<string> Open(string name, JsonObject block)
    {
        if (_block is not null)
        {
            yield return Event("content_block_stop", new JsonObject { ["index"] = _index++ });
        }

        _block = name;
        yield return Event("content_block_start", InBlock("content_block", block));
    }

    private JsonObject InBlock(string name, JsonObject value) => new() { ["index"] = _index, [name] = value };

    private string Start(JsonNode? model) =>
        Event(
            "message_start",
            new JsonObject
            {
                ["message"] = new JsonObject
                {
                    ["id"] = $"msg_{Guid.NewGuid()}",
                    ["type"] = "message",
                    ["role"] = "assistant",
                    ["content"] = new JsonArray(),
                    ["model"] = model?.DeepClone(),
                    ["stop_reason"] = null,
                    ["stop_sequence"] = null,
                    ["usage"] = _usage.DeepClone(),
                },
            }
        );

    private static string Event(string type, JsonObject members)
    {
        var json = new JsonObject { ["type"] = type };
        foreach (var (name, value) in members)
        {
            json[name] = value?.DeepClone();
        }

        return $"event: {type}\ndata: {Json.Dumps(json)}\n\n";
    }

    private static IEnumerable<JsonNode> Blocks(JsonNode? message)
    {
        foreach (var thought in message?["thinking_blocks"] as JsonArray ?? [])
        {
            yield return thought!.DeepClone();
        }

        if ((string?)message?["content"] is { Length: > 0 } text)
        {
            yield return new JsonObject { ["type"] = "text", ["text"] = text };
        }

        foreach (var call in message?["tool_calls"] as JsonArray ?? [])
        {
            yield return new JsonObject
            {
                ["type"] = "tool_use",
                ["id"] = call?["id"]?.DeepClone(),
                ["name"] = call?["function"]?["name"]?.DeepClone(),
                ["input"] = JsonNode.Parse((string?)call?["function"]?["arguments"] is { Length: > 0 } input ? input : "{}"),
            };
        }
    }

    private static string Reason(string? finish) =>
        finish switch
        {
            "length" => "max_tokens",
            "tool_calls" => "tool_use",
            _ => "end_turn",
        };

    /// <summary>Anthropic counts cached tokens beside the others.</summary>
    private static JsonObject UsageOf(JsonNode? usage)
    {
        var read = Usage.Number(usage?["prompt_tokens_details"]?["cached_tokens"]);
        var written = Usage.Number(usage?["prompt_tokens_details"]?["cache_creation_tokens"]);
        var told = new JsonObject
        {
            ["input_tokens"] = Math.Max(0, Usage.Number(usage?["prompt_tokens"]) - read - written),
            ["output_tokens"] = Usage.Number(usage?["completion_tokens"]),
        };
        if (written > 0)
        {
            told["cache_creation_input_tokens"] = written;
        }

        if (read > 0)
        {
            told["cache_read_input_tokens"] = read;
        }

        return told;
    }
}
