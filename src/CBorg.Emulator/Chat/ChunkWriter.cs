namespace CBorg.Emulator.Chat;

/// <summary>Writes the chunks of one stream: the same id, time, model and fingerprint on each.</summary>
internal sealed class ChunkWriter(LlmCall llm)
{
    private readonly bool _fingerprints = !(llm.Deployment!.OnPrem && llm.Personality.Streams.HostedHasNoFingerprint);
    private JsonNode _id = $"chatcmpl-{Guid.NewGuid()}";
    private JsonNode? _fingerprint;

    /// <summary>Takes over what the provider calls its stream.</summary>
    public void Follow(JsonObject chunk)
    {
        _id = chunk["id"]?.DeepClone() ?? _id;
        _fingerprint = chunk["system_fingerprint"]?.DeepClone() ?? _fingerprint;
    }

    public JsonObject Delta(JsonNode? index, JsonObject delta)
    {
        var chunk = Chunk(_fingerprint is not null);
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = index?.DeepClone() ?? 0, ["delta"] = delta });
        return chunk;
    }

    public JsonObject Finish(JsonNode? index, JsonNode reason)
    {
        var chunk = Chunk(_fingerprint is not null);
        chunk["choices"] = new JsonArray(
            new JsonObject
            {
                ["finish_reason"] = reason.DeepClone(),
                ["index"] = index?.DeepClone() ?? 0,
                ["delta"] = new JsonObject(),
            }
        );
        return chunk;
    }

    public JsonObject Usage(JsonObject usage, bool withFingerprint)
    {
        var chunk = Chunk(withFingerprint);
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject() });
        chunk["usage"] = usage;
        return chunk;
    }

    private JsonObject Chunk(bool withFingerprint)
    {
        var chunk = new JsonObject
        {
            ["id"] = _id.DeepClone(),
            ["created"] = llm.Call.World.Now.ToUnixTimeSeconds(),
            ["model"] = llm.Personality.Replies.ShowsProviderModel ? llm.Deployment!.ProviderModel : llm.Model,
            ["object"] = "chat.completion.chunk",
        };
        if (withFingerprint && _fingerprints && _fingerprint is not null)
        {
            chunk["system_fingerprint"] = _fingerprint.DeepClone();
        }

        return chunk;
    }
}

/// <summary>A provider's delta reduced to what LiteLLM passes on.</summary>
internal static class DeltaCleaner
{
    public static JsonObject Clean(JsonObject provider)
    {
        var delta = new JsonObject();
        foreach (var (name, value) in provider)
        {
            if (name is "role" or "refusal" || IsEmpty(value))
            {
                continue;
            }

            delta[name] = name == "tool_calls" ? ToolCalls(value!.AsArray()) : value!.DeepClone();
        }

        return delta;
    }

    private static bool IsEmpty(JsonNode? value) =>
        value is null or JsonArray { Count: 0 } || (value is JsonValue v && v.TryGetValue(out string? text) && text.Length == 0);

    private static JsonArray ToolCalls(JsonArray calls) => new(calls.Select(c => (JsonNode)ToolCall(c!.AsObject())).ToArray());

    private static JsonObject ToolCall(JsonObject provider)
    {
        var call = new JsonObject();
        if (provider["id"] is { } id)
        {
            call["id"] = id.DeepClone();
        }

        var function = new JsonObject { ["arguments"] = provider["function"]?["arguments"]?.DeepClone() ?? "" };
        if (provider["function"]?["name"] is { } name)
        {
            function["name"] = name.DeepClone();
        }

        call["function"] = function;
        call["type"] = "function";
        call["index"] = provider["index"]?.DeepClone() ?? 0;
        return call;
    }
}
