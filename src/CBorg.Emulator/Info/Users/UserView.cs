namespace CBorg.Emulator.Info.Users;

/// <summary>A user's row, as /user/info and its second version show it.</summary>
internal sealed class UserView(World world, InfoTraits traits)
{
    public JsonObject Info(UserRecord user)
    {
        var keys = new KeyView(world, traits);
        return new JsonObject
        {
            ["user_id"] = user.Id,
            ["user_info"] = Row(user, "user"),
            ["keys"] = new JsonArray([.. KeyRoutes.KeysOf(world, user.Id).Select(keys.OfUser)]),
            ["teams"] = new JsonArray([.. user.Teams.Where(world.Teams.ContainsKey).Select(id => Team(world.Teams[id]))]),
        };
    }

    public JsonObject InfoV2(UserRecord user) => Row(user, "user_v2");

    private JsonObject Row(UserRecord user, string shape) =>
        traits
            .Shapes[shape]
            .With(
                new JsonObject
                {
                    ["user_id"] = user.Id,
                    ["user_email"] = user.Email,
                    ["user_role"] = user.Role,
                    ["max_budget"] = Json.Float(user.MaxBudget),
                    ["spend"] = Json.Float(user.Spend.VisibleAt(world.Now)),
                    ["models"] = Texts.Array(user.Models),
                    ["teams"] = Texts.Array(user.Teams),
                    ["metadata"] = user.Metadata.DeepClone(),
                    ["max_parallel_requests"] = user.MaxParallelRequests,
                    ["tpm_limit"] = user.TpmLimit,
                    ["rpm_limit"] = user.RpmLimit,
                    ["budget_duration"] = user.BudgetDuration,
                    ["budget_reset_at"] = Times.Zulu(user.BudgetResetAt),
                    ["created_at"] = Times.Zulu(user.CreatedAt),
                    ["updated_at"] = Times.Zulu(user.CreatedAt),
                }
            );

    private JsonObject Team(TeamRecord team) =>
        new()
        {
            ["team_alias"] = team.Alias,
            ["team_id"] = team.Id,
            ["models"] = Texts.Array(team.Models),
            ["metadata"] = team.Metadata.DeepClone(),
            ["tpm_limit"] = team.TpmLimit,
            ["rpm_limit"] = team.RpmLimit,
            ["max_budget"] = Json.Float(team.MaxBudget),
            ["budget_duration"] = team.BudgetDuration,
            ["budget_reset_at"] = Times.Zulu(team.BudgetResetAt),
            ["spend"] = Json.Float(team.Spend.VisibleAt(world.Now)),
            ["created_at"] = Times.Zulu(team.CreatedAt),
        };
}
