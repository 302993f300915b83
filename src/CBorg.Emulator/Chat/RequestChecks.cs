namespace CBorg.Emulator.Chat;

/// <summary>What LiteLLM itself finds wrong with a request before it asks a provider.</summary>
internal static class RequestChecks
{
    private static readonly string[] s_optional =
    [
        "functions",
        "function_call",
        "temperature",
        "top_p",
        "n",
        "stop",
        "max_tokens",
        "max_completion_tokens",
        "modalities",
        "prediction",
        "audio",
        "presence_penalty",
        "frequency_penalty",
        "logit_bias",
        "response_format",
        "seed",
        "tools",
        "tool_choice",
        "logprobs",
        "top_logprobs",
        "parallel_tool_calls",
        "reasoning_effort",
        "thinking",
        "web_search_options",
        "service_tier",
    ];

    public static ProxyError UnknownModel(LlmCall llm, string path, bool asJson)
    {
        var message =
            $"{path}: Invalid model name passed in model={llm.Model ?? "None"}. Call `/v1/models` to view available models for your key.";
        if (llm.Personality.Errors.TypeFollowsStatus)
        {
            return new ProxyError(400, "invalid_request_error", message, null)
            {
                ProviderFields = new JsonObject { ["error"] = message },
            };
        }

        return new ProxyError(
            400,
            "None",
            asJson ? Json.Dumps(new JsonObject { ["error"] = message }) : $"{{'error': '{message}'}}"
        );
    }

    public static ProxyError Missing(LlmCall llm, string path, string parameter, string method) =>
        llm.Personality.Errors.NamesMissingParameter
            ? new ProxyError(400, "invalid_request_error", $"{path}: Missing required parameter: '{parameter}'.", parameter)
            : new ProxyError(500, "None", $"Router.{method}() missing 1 required positional argument: '{parameter}'");

    /// <summary>Parameters that the model does not take, unless they may be dropped; dropped ones leave the body.</summary>
    public static void CheckParams(LlmCall llm, Deployment deployment, JsonObject body)
    {
        var drop = Json.IsTrue(body["drop_params"]);
        body.Remove("drop_params");
        var supported = OpenAIParams.Of(deployment, llm.Personality.Version.Recorded).Select(p => (string)p!).ToHashSet();
        var foreign = s_optional.Where(p => body[p] is not null && !supported.Contains(p)).ToList();
        if (!drop && foreign.Count > 0)
        {
            throw Unsupported(llm, Text(deployment, string.Join(", ", foreign.Select(p => $"'{p}'"))));
        }

        if (
            ModelTraits.From(deployment).RefusesTemperature
            && body["temperature"] is { } temperature
            && Json.Number(temperature) != 1
        )
        {
            foreign.Add("temperature");
            if (!drop)
            {
                throw Unsupported(
                    llm,
                    $"O-series models don't support temperature={temperature.ToJsonString()}. Only temperature=1 is supported. "
                        + "To drop unsupported openai params from the call, set `litellm.drop_params = True`"
                );
            }
        }

        foreign.ForEach(p => body.Remove(p));
    }

    /// <summary>LiteLLM knows of OpenAI's models which of them make vectors of any size.</summary>
    public static void CheckDimensions(LlmCall llm, Deployment deployment, JsonObject body)
    {
        var drop = Json.IsTrue(body["drop_params"]);
        body.Remove("drop_params");
        var fixedSize =
            deployment.Provider == "openai" && !deployment.ProviderModel.Contains("text-embedding-3", StringComparison.Ordinal);
        if (body["dimensions"] is null || !fixedSize)
        {
            return;
        }

        body.Remove("dimensions");
        if (!drop)
        {
            throw Unsupported(
                llm,
                "Setting dimensions is not supported for OpenAI `text-embedding-3` and later models. "
                    + "To drop it from the call, set `litellm.drop_params = True`."
            );
        }
    }

    private static string Text(Deployment deployment, string list) =>
        $"{deployment.Provider} does not support parameters: [{list}], for model={deployment.ProviderModel}. "
        + "To drop these, set `litellm.drop_params=True` or for proxy:\n\n`litellm_settings:\n drop_params: true`\n. \n "
        + $"If you want to use these params dynamically send allowed_openai_params=[{list}] in your request.";

    private static ProxyError Unsupported(LlmCall llm, string text) =>
        LiteLlmError.Of(llm.Personality, 400, $"litellm.UnsupportedParamsError: {text}", llm.Model!, oldType: "None");
}
