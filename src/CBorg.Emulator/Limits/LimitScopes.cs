using System.Collections.Generic;
using System.Text.Json.Nodes;
using CBorg.Emulator.State;

namespace CBorg.Emulator.Limits;

/// <summary>The scopes of a call in the order in which LiteLLM asks them.</summary>
internal static class LimitScopes
{
    public static List<LimitScope> Of(World world, KeyRecord key, string? model, bool teamModels)
    {
        List<LimitScope> scopes = [];
        Add(scopes, new LimitScope("api_key", key.Hash, key.RpmLimit, key.TpmLimit, key.MaxParallelRequests));
        if (world.UserOf(key) is { } user)
        {
            Add(scopes, new LimitScope("user", user.Id, user.RpmLimit, user.TpmLimit, null));
        }

        var team = world.TeamOf(key);
        if (team is not null)
        {
            Add(scopes, new LimitScope("team", team.Id, team.RpmLimit, team.TpmLimit, null));
        }

        if (model is not null)
        {
            Add(scopes, ForModel("model_per_key", $"{key.Hash}:{model}", key.Metadata, model));
            if (team is not null && teamModels)
            {
                Add(scopes, ForModel("model_per_team", $"{team.Id}:{model}", team.Metadata, model) with { Weight = 2 });
            }
        }

        return scopes;
    }

    private static LimitScope ForModel(string name, string value, JsonObject metadata, string model) =>
        new(name, value, (int?)metadata["model_rpm_limit"]?[model], (int?)metadata["model_tpm_limit"]?[model], null);

    private static void Add(List<LimitScope> scopes, LimitScope scope)
    {
        if (scope.Requests is not null || scope.Tokens is not null || scope.Parallel is not null)
        {
            scopes.Add(scope);
        }
    }
}
