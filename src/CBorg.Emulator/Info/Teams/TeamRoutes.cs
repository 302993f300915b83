namespace CBorg.Emulator.Info.Teams;

/// <summary>/team/info, for keys of that team.</summary>
internal static class TeamRoutes
{
    public static void Map(RouteTable routes) => routes.Get("/team/info", RouteAccess.Info, InfoAsync);

    private static Task InfoAsync(Call call)
    {
        var asked = call.Query("team_id");
        if (asked is null || asked != call.Key.TeamId || call.World.TeamOf(call.Key) is not { } team)
        {
            throw new ProxyError(
                403,
                "auth_error",
                $"key not allowed to access this team's info. Key team_id={call.Key.TeamId ?? "None"}"
            );
        }

        var keys = new KeyView(call.World, call.Personality.Info);
        return call.ReplyAsync(
            new JsonObject
            {
                ["team_id"] = team.Id,
                ["team_info"] = Row(call.World, team),
                ["keys"] = new JsonArray([.. call.World.Catalog.Keys.Where(key => key.TeamId == team.Id).Select(keys.OfUser)]),
                ["team_memberships"] = new JsonArray(),
            }
        );
    }

    private static JsonObject Row(World world, TeamRecord team) =>
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
            ["blocked"] = false,
            ["created_at"] = Times.Zulu(team.CreatedAt),
        };
}
