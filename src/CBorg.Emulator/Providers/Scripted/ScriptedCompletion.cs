namespace CBorg.Emulator.Providers.Scripted;

/// <summary>A script as a plain chat.completion.</summary>
internal static class ScriptedCompletion
{
    public const string Id = "chatcmpl-up1";
    public const string Fingerprint = "fp_44709d6fcb";

    public static JsonObject Of(Script script, string model, int choices)
    {
        var list = new JsonArray();
        for (var i = 0; i < choices; i++)
        {
            list.Add(Choice(script, i));
        }

        var body = new JsonObject
        {
            ["id"] = Id,
            ["object"] = "chat.completion",
            ["created"] = 1790000000,
            ["model"] = $"{script.Model ?? model}-2026-10-01",
            ["choices"] = list,
            ["system_fingerprint"] = Fingerprint,
            ["service_tier"] = "default",
        };
        if (script.Usage)
        {
            body["usage"] = Usage(script);
        }

        return body;
    }

    public static JsonObject Usage(Script script)
    {
        var usage = new JsonObject
        {
            ["prompt_tokens"] = script.PromptTokens,
            ["completion_tokens"] = script.CompletionTokens,
            ["total_tokens"] = script.PromptTokens + script.CompletionTokens,
        };
        if (script.Nulls)
        {
            usage["prompt_tokens_details"] = null;
            usage["completion_tokens_details"] = null;
        }

        if (script.CachedTokens is { } cached)
        {
            usage["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = cached };
        }

        if (script.Details)
        {
            usage["prompt_tokens_details"] = new JsonObject { ["audio_tokens"] = 0, ["cached_tokens"] = 1408 };
            usage["completion_tokens_details"] = new JsonObject
            {
                ["accepted_prediction_tokens"] = 0,
                ["audio_tokens"] = 0,
                ["reasoning_tokens"] = 8,
                ["rejected_prediction_tokens"] = 0,
            };
        }

        return usage;
    }

    private static JsonObject Choice(Script script, int index)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = script.Text };
        if (script.Reasoning is not null)
        {
            message["reasoning_content"] = script.Reasoning;
        }

        if (script.ToolCalls.Count > 0)
        {
            message["tool_calls"] = new JsonArray(script.ToolCalls.Select((t, i) => (JsonNode)ToolCall(t, i)).ToArray());
        }

        if (script.Refusal is not null || script.Nulls)
        {
            message["refusal"] = script.Refusal;
        }

        if (script.Annotations is not null)
        {
            message["annotations"] = script.Annotations.DeepClone();
        }

        return new JsonObject
        {
            ["index"] = index,
            ["message"] = message,
            ["finish_reason"] = script.FinishReason,
            ["logprobs"] = null,
        };
    }

    private static JsonObject ToolCall(ScriptedCall call, int index) =>
        new()
        {
            ["id"] = $"call_abc{index + 1}",
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
        };
}
