namespace CBorg.Emulator.Limits;

/// <summary>The scopes of a call in the order in which LiteLLM asks them; those without limits are left out.</summary>
internal static class LimitScopes
{
    public static List<LimitScope> Of(World world, KeyRecord key, string? model, bool teamModels)
    {
        List<LimitScope> scopes = [];
        AddLimited(scopes, new LimitScope("api_key", key.Hash, key.RpmLimit, key.TpmLimit, key.MaxParallelRequests));
        if (world.UserOf(key) is { } user)
        {
            AddLimited(scopes, new LimitScope("user", user.Id, user.RpmLimit, user.TpmLimit, null));
        }

        var team = world.TeamOf(key);
        if (team is not null)
        {
            AddLimited(scopes, new LimitScope("team", team.Id, team.RpmLimit, team.TpmLimit, null));
            AddLimited(
                scopes,
                new LimitScope("team_member", $"{team.Id}:{key.UserId}", key.TeamMemberRpmLimit, key.TeamMemberTpmLimit, null)
            );
        }

        if (model is not null)
        {
            AddLimited(scopes, ForModel("model_per_key", $"{key.Hash}:{model}", key.Metadata, model));
            if (team is not null && teamModels)
            {
                AddLimited(scopes, ForModel("model_per_team", $"{team.Id}:{model}", team.Metadata, model) with { Weight = 2 });
            }
        }

        return scopes;
    }

    private static LimitScope ForModel(string name, string value, JsonObject metadata, string model) =>
        new(name, value, (int?)metadata["model_rpm_limit"]?[model], (int?)metadata["model_tpm_limit"]?[model], null);

    private static void AddLimited(List<LimitScope> scopes, LimitScope scope)
    {
        if (scope.Requests is not null || scope.Tokens is not null || scope.Parallel is not null)
        {
            scopes.Add(scope);
        }
    }
}

/// <summary>What the newest generation reserves for a call before it knows better.</summary>
internal static class TokenEstimate
{
    private const int CharactersPerToken = 4;
    private const int MostForAnOpenAnswer = 1024;

    public static int Of(LimitRequest request)
    {
        var prompt = request.Characters / CharactersPerToken;
        return request switch
        {
            { Answers: false } => prompt,
            { MaxTokens: { } most } => prompt + (most * request.Choices),
            _ => prompt + Math.Max(prompt, Math.Min(MostForAnOpenAnswer, CapOf(request))),
        };
    }

    /// <summary>A quarter of the smallest limit: what an open answer may have.</summary>
    private static int CapOf(LimitRequest request) => (request.Scopes.Min(scope => scope.Tokens) ?? 0) / 4;
}
