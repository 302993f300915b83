using System.Globalization;
using System.Text.Json.Nodes;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;
using CBorg.Emulator.Traits;

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

        return new JsonObject { ["model_name"] = deployment.Name, ["litellm_params"] = Params(deployment), ["model_info"] = info };
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
        var row = new JsonObject { ["id"] = deployment.Name, ["object"] = "model", ["created"] = 1677610602, ["owned_by"] = "openai" };
        if (_traits.ModelListTellsLimits)
        {
            Copy(deployment.Info, row, "mode");
            Copy(deployment.Info, row, "max_input_tokens");
            Copy(deployment.Info, row, "max_output_tokens");
        }

        return row;
    }

    /// <summary>A price or a limit, which an operator may have written as text.</summary>
    public static double? Number(JsonNode? node) => node switch
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
