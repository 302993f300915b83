using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Info.Models;

/// <summary>What LiteLLM tells of all deployments of one name together.</summary>
internal sealed class ModelGroupView(Personality personality)
{
    private static readonly string[] s_flags =
    [
        "supports_parallel_function_calling", "supports_vision", "supports_web_search",
        "supports_url_context", "supports_reasoning", "supports_function_calling",
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
