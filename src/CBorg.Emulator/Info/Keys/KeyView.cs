namespace CBorg.Emulator.Info.Keys;

/// <summary>A key's row, in the forms in which the routes show it.</summary>
internal sealed class KeyView(World world, InfoTraits traits)
{
    /// <summary>Member info of /key/info.</summary>
    public JsonObject Info(KeyRecord key)
    {
        var row = Row(key, "key", Times.Iso);
        row["litellm_budget_table"] = Budget(key);
        return row;
    }

    /// <summary>An element of keys of /user/info.</summary>
    public JsonObject OfUser(KeyRecord key)
    {
        var row = new JsonObject { ["token"] = key.Hash };
        foreach (var (name, value) in Row(key, "key", Times.Zulu))
        {
            row[name] = value?.DeepClone();
        }

        row["team_alias"] = world.TeamOf(key)?.Alias ?? "None";
        return row;
    }

    /// <summary>An element of keys of /key/list with return_full_object.</summary>
    public JsonObject Full(KeyRecord key) => Row(key, "key_object", Times.Zulu);

    private JsonObject Row(KeyRecord key, string shape, Func<DateTimeOffset?, string?> time) =>
        traits
            .Shapes[shape]
            .With(
                new JsonObject
                {
                    ["token"] = key.Hash,
                    ["key_name"] = key.Name,
                    ["key_alias"] = key.Alias,
                    ["spend"] = Json.Float(key.Spend.VisibleAt(world.Now)),
                    ["expires"] = time(key.Expires),
                    ["models"] = Texts.Array(key.Models),
                    ["user_id"] = key.UserId,
                    ["team_id"] = key.TeamId,
                    ["max_parallel_requests"] = key.MaxParallelRequests,
                    ["metadata"] = key.Metadata.DeepClone(),
                    ["blocked"] = key.Blocked,
                    ["tpm_limit"] = key.TpmLimit,
                    ["rpm_limit"] = key.RpmLimit,
                    ["max_budget"] = Json.Float(key.MaxBudget),
                    ["budget_duration"] = key.BudgetDuration,
                    ["budget_reset_at"] = time(key.BudgetResetAt),
                    ["budget_id"] = key.BudgetId,
                    ["allowed_routes"] = Texts.Array(key.AllowedRoutes),
                    ["created_at"] = time(key.CreatedAt),
                    ["created_by"] = "default_user_id",
                    ["updated_at"] = time(key.CreatedAt),
                    ["updated_by"] = "default_user_id",
                }
            );

    private JsonObject? Budget(KeyRecord key) =>
        key.BudgetId is null
            ? null
            : traits
                .Shapes["budget"]
                .With(
                    new JsonObject
                    {
                        ["budget_id"] = key.BudgetId,
                        ["max_budget"] = Json.Float(key.MaxBudget),
                        ["budget_duration"] = key.BudgetDuration,
                        ["budget_reset_at"] = Times.Iso(key.BudgetResetAt),
                        ["created_at"] = Times.Iso(key.CreatedAt),
                        ["created_by"] = "default_user_id",
                        ["updated_at"] = Times.Iso(key.CreatedAt),
                        ["updated_by"] = "default_user_id",
                    }
                );
}
