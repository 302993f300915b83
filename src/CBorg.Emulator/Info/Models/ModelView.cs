namespace CBorg.Emulator.Info.Models;

/// <summary>What LiteLLM tells of a deployment.</summary>
internal sealed class ModelView(Personality personality)
{
    private readonly InfoTraits _traits = personality.Info;

    /// <summary>An element of /model/info.</summary>
    public JsonObject Row(Deployment deployment, KeyRecord reader)
    {
        var info = Describe(deployment);
        if (reader.UserId is null)
        {
            HideAccess(info);
        }

        return new JsonObject
        {
            ["model_name"] = deployment.Name,
            ["litellm_params"] = Params(deployment),
            ["model_info"] = info,
        };
    }

    /// <summary>model_info with all its members, most of them null.</summary>
    public JsonObject Describe(Deployment deployment)
    {
        var known = new JsonObject
        {
            ["id"] = deployment.Id,
            ["key"] = deployment.UnderlyingModel,
            ["litellm_provider"] = deployment.Provider,
            ["input_cost_per_token"] = 0,
            ["output_cost_per_token"] = 0,
            ["supported_openai_params"] = OpenAIParams.Of(deployment, personality.Version.Recorded),
        };
        foreach (var (name, value) in deployment.Info)
        {
            known[name] = value?.DeepClone();
        }

        var described = _traits.Shapes["model_info"].With(known);
        KeepOperatorsOwn(described, deployment.Info);
        return described;
    }

    /// <summary>An element of /models.</summary>
    public JsonObject Listed(Deployment deployment)
    {
        var row = new JsonObject
        {
            ["id"] = deployment.Name,
            ["object"] = "model",
            ["created"] = 1677610602,
            ["owned_by"] = "openai",
        };
        if (_traits.ModelListTellsLimits)
        {
            Copy(deployment.Info, row, "mode");
            Copy(deployment.Info, row, "max_input_tokens");
            Copy(deployment.Info, row, "max_output_tokens");
        }

        return row;
    }

    /// <summary>A price or a limit, which an operator may have written as text.</summary>
    public static double? Number(JsonNode? node) =>
        node switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => double.Parse(text, CultureInfo.InvariantCulture),
            _ => node.GetValue<double>(),
        };

    private JsonObject Params(Deployment deployment)
    {
        var result = new JsonObject();
        foreach (var name in new[] { "api_base", "timeout", "stream_timeout", "custom_llm_provider", "rpm", "tpm" })
        {
            Copy(deployment.Params, result, name);
        }

        foreach (var (name, value) in _traits.Shapes["litellm_params"].Empty())
        {
            result[name] = value?.DeepClone();
        }

        Copy(deployment.Params, result, "model");
        return result;
    }

    // A key without a user has no models of its own or of a team.
    private static void HideAccess(JsonObject info)
    {
        info.Remove("access_via_team_ids");
        if (info.ContainsKey("direct_access"))
        {
            info["direct_access"] = false;
        }
    }

    // LiteLLM shows whatever the operator wrote, known to it or not.
    private static void KeepOperatorsOwn(JsonObject described, JsonObject own)
    {
        foreach (var (name, value) in own)
        {
            if (!described.ContainsKey(name))
            {
                described[name] = value?.DeepClone();
            }
        }
    }

    private static void Copy(JsonObject source, JsonObject target, string name)
    {
        if (source[name] is { } value)
        {
            target[name] = value.DeepClone();
        }
    }
}

/// <summary>What LiteLLM tells of all deployments of one name together.</summary>
internal sealed class ModelGroupView(Personality personality)
{
    private static readonly string[] s_flags =
    [
        "supports_parallel_function_calling",
        "supports_vision",
        "supports_web_search",
        "supports_url_context",
        "supports_reasoning",
        "supports_function_calling",
    ];

    public JsonObject Row(IReadOnlyList<Deployment> deployments)
    {
        var values = new JsonObject
        {
            ["model_group"] = deployments[0].Name,
            ["providers"] = Texts.Array(deployments.Select(d => d.Provider).Distinct()),
            ["max_input_tokens"] = Largest(deployments, "max_input_tokens"),
            ["max_output_tokens"] = Largest(deployments, "max_output_tokens"),
            ["input_cost_per_token"] = Largest(deployments, "input_cost_per_token") ?? Json.Float(0),
            ["output_cost_per_token"] = Largest(deployments, "output_cost_per_token") ?? Json.Float(0),
            ["mode"] = deployments.Select(d => d.Mode).FirstOrDefault(mode => mode is not null),
            ["supported_openai_params"] = OpenAIParams.Of(deployments[0], personality.Version.Recorded),
            ["supported_reasoning_efforts"] = deployments.All(KnowsNoEffort) ? new JsonArray() : null,
        };
        foreach (var flag in s_flags)
        {
            values[flag] = deployments.Any(d => (bool?)d.Info[flag] == true);
        }

        return personality.Info.Shapes["model_group"].With(values);
    }

    private static JsonNode? Largest(IReadOnlyList<Deployment> deployments, string member) =>
        Json.Float(deployments.Max(d => ModelView.Number(d.Info[member])));

    // An empty list where LiteLLM has a description of its own that names none; null where it has none, or the operator's.
    private static bool KnowsNoEffort(Deployment deployment) =>
        deployment.Mode == "chat"
        && (bool?)deployment.Info["supports_reasoning"] != true
        && (deployment.IsMapped || deployment.Info["input_cost_per_token"] is null);
}
