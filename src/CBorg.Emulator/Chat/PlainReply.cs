namespace CBorg.Emulator.Chat;

/// <summary>A provider's completion as LiteLLM passes it on.</summary>
internal sealed class PlainReply(Personality personality, Deployment deployment, string model)
{
    private static readonly string[] s_ownMembers =
    [
        "id",
        "object",
        "created",
        "model",
        "choices",
        "usage",
        "system_fingerprint",
    ];

    private static readonly string[] s_rewritten = ["content", "role", "refusal", "tool_calls", "provider_specific_fields"];

    private readonly ReplyTraits _traits = personality.Replies;

    public JsonObject Of(JsonObject provider)
    {
        var reply = new JsonObject
        {
            ["id"] = provider["id"]?.DeepClone(),
            ["created"] = provider["created"]?.DeepClone(),
            ["model"] = ModelOf(provider),
            ["object"] = "chat.completion",
        };
        Copy(provider, reply, "system_fingerprint");
        var choices = new JsonArray(
            (provider["choices"] as JsonArray ?? []).Select(c => (JsonNode)Choice(c!.AsObject())).ToArray()
        );
        if (choices.Count > 0 || !_traits.DropsEmptyLists)
        {
            reply["choices"] = choices;
        }

        reply["usage"] = Usage.Normalised(provider["usage"] as JsonObject);
        foreach (var (name, _) in provider.Where(m => !s_ownMembers.Contains(m.Key)))
        {
            Copy(provider, reply, name);
        }

        return reply;
    }

    private JsonNode? ModelOf(JsonObject provider)
    {
        if (!_traits.ShowsProviderModel)
        {
            return model;
        }

        return deployment.OnPrem ? $"{deployment.Provider}/{provider["model"]}" : provider["model"]?.DeepClone();
    }

    private JsonObject Choice(JsonObject provider)
    {
        var choice = new JsonObject
        {
            ["finish_reason"] = provider["finish_reason"]?.DeepClone() ?? "stop",
            ["index"] = provider["index"]?.DeepClone() ?? 0,
            ["message"] = Message(provider["message"] as JsonObject ?? []),
        };
        Copy(provider, choice, "logprobs");
        if (_traits.ChoiceHasProviderFields)
        {
            choice["provider_specific_fields"] = new JsonObject();
        }

        return choice;
    }

    private JsonObject Message(JsonObject provider)
    {
        var message = new JsonObject();
        if (provider["content"] is { } content)
        {
            message["content"] = content.DeepClone();
        }
        else if (!_traits.DropsNullContent)
        {
            message["content"] = null;
        }

        message["role"] = "assistant";
        foreach (var (name, value) in provider.Where(m => !s_rewritten.Contains(m.Key)))
        {
            if (value is not null && (value is not JsonArray { Count: 0 } || !_traits.DropsEmptyLists))
            {
                message[name] = value.DeepClone();
            }
        }

        if (provider["tool_calls"] is JsonArray { Count: > 0 } calls)
        {
            message["tool_calls"] = new JsonArray(calls.Select(c => (JsonNode)ToolCall(c!.AsObject())).ToArray());
        }

        if (ProviderFields(provider) is { Count: > 0 } fields)
        {
            message["provider_specific_fields"] = fields;
        }

        return message;
    }

    private JsonObject ProviderFields(JsonObject provider)
    {
        var fields = new JsonObject();
        if (_traits.ProviderFieldsRepeatReasoning)
        {
            Copy(provider, fields, "reasoning_content");
            Copy(provider, fields, "refusal");
        }

        // The client library for OpenAI adds refusal to every message; others have it when their server sends it.
        if (_traits.KeepsRefusal && (deployment.Provider is "openai" or "azure" || provider.ContainsKey("refusal")))
        {
            fields["refusal"] = provider["refusal"]?.DeepClone();
        }

        foreach (
            var (name, value) in (IEnumerable<KeyValuePair<string, JsonNode?>>)(
                provider["provider_specific_fields"] as JsonObject ?? []
            )
        )
        {
            fields[name] = value?.DeepClone();
        }

        return fields;
    }

    private static JsonObject ToolCall(JsonObject call) =>
        new()
        {
            ["function"] = new JsonObject
            {
                ["arguments"] = call["function"]?["arguments"]?.DeepClone() ?? "",
                ["name"] = call["function"]?["name"]?.DeepClone(),
            },
            ["id"] = call["id"]?.DeepClone(),
            ["type"] = "function",
        };

    private static void Copy(JsonObject from, JsonObject to, string name)
    {
        if (from[name] is { } value)
        {
            to[name] = value.DeepClone();
        }
    }
}
