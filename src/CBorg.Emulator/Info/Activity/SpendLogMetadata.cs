using System.Text.Json.Nodes;
using CBorg.Emulator.Info.Models;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Info.Activity;

/// <summary>Member metadata of a spend log.</summary>
internal sealed class SpendLogMetadata(World world, Personality personality)
{
    public JsonObject Of(SpentCall call) => personality.Info.Shapes["spend_log_metadata"].With(new JsonObject
    {
        ["usage_object"] = Usage(call),
        ["user_api_key"] = call.Key.Hash,
        ["cost_breakdown"] = Breakdown(call),
        ["litellm_call_id"] = call.CallId,
        ["user_api_key_alias"] = call.Key.Alias,
        ["original_model_group"] = call.ModelGroup,
        ["requester_ip_address"] = "127.0.0.1",
        ["user_api_key_team_id"] = call.Key.TeamId,
        ["user_api_key_user_id"] = call.Key.UserId,
        ["user_api_key_team_alias"] = world.TeamOf(call.Key)?.Alias,
        ["model_map_information"] = Model(call),
        ["additional_usage_values"] = new JsonObject
        {
            ["prompt_tokens_details"] = call.PromptDetails?.DeepClone(),
            ["completion_tokens_details"] = call.CompletionDetails?.DeepClone(),
        },
        ["litellm_overhead_time_ms"] = Json.Float(1.5),
    });

    private static JsonObject Usage(SpentCall call) => new()
    {
        ["total_tokens"] = call.PromptTokens + call.CompletionTokens,
        ["prompt_tokens"] = call.PromptTokens,
        ["completion_tokens"] = call.CompletionTokens,
        ["prompt_tokens_details"] = call.PromptDetails?.DeepClone(),
        ["completion_tokens_details"] = call.CompletionDetails?.DeepClone(),
    };

    private JsonObject Breakdown(SpentCall call)
    {
        var output = call.CompletionTokens * (ModelView.Number(call.Deployment?.Info["output_cost_per_token"]) ?? 0);
        return personality.Info.Shapes["cost_breakdown"].With(new JsonObject
        {
            ["input_cost"] = Json.Float(System.Math.Max(0, call.Cost - output)),
            ["output_cost"] = Json.Float(System.Math.Min(output, call.Cost)),
            ["tool_usage_cost"] = Json.Float(0),
            ["original_cost"] = Json.Float(call.Cost),
            ["total_cost"] = Json.Float(call.Cost),
        });
    }

    private JsonObject Model(SpentCall call)
    {
        if (!personality.Info.LogsDescribeModels || call.Deployment is null)
        {
            return new JsonObject { ["model_map_key"] = call.ModelGroup, ["model_map_value"] = null };
        }

        var value = new ModelView(personality).Describe(call.Deployment);
        foreach (var member in new[] { "id", "db_model", "access_via_team_ids", "direct_access" })
        {
            value.Remove(member);
        }

        return new JsonObject { ["model_map_key"] = call.Deployment.UnderlyingModel, ["model_map_value"] = value };
    }
}
