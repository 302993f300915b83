namespace CBorg.Emulator.Info.Activity;

/// <summary>Rows of daily activity, summed up by day and, within a day, by model, key and so on.</summary>
internal sealed class ActivityReport(World world, InfoTraits traits)
{
    public JsonObject Of(IReadOnlyList<DailyActivity> rows, bool byEntity) =>
        new()
        {
            ["results"] = new JsonArray([.. rows.GroupBy(r => r.Date).Select(day => Day(day.ToList(), byEntity))]),
            ["metadata"] = traits.Shapes["activity_totals"].With(ActivityMetrics.Totals(rows)),
        };

    private JsonObject Day(List<DailyActivity> rows, bool byEntity) =>
        new()
        {
            ["date"] = rows[0].Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["metrics"] = Metrics(rows),
            ["breakdown"] = traits
                .Shapes["activity_breakdown"]
                .With(
                    new JsonObject
                    {
                        ["models"] = Groups(rows.GroupBy(r => r.Model)),
                        ["model_groups"] = Groups(rows.GroupBy(r => r.ModelGroup)),
                        ["providers"] = Groups(rows.GroupBy(r => r.Provider)),
                        ["endpoints"] = Groups(rows.GroupBy(r => r.Endpoint)),
                        ["api_keys"] = Keys(rows),
                        ["entities"] = byEntity ? Entities(rows) : [],
                    }
                ),
        };

    private JsonObject Groups(IEnumerable<IGrouping<string, DailyActivity>> groups)
    {
        var result = new JsonObject();
        foreach (var group in groups)
        {
            result[group.Key] = Group([.. group], []);
        }

        return result;
    }

    private JsonObject Entities(List<DailyActivity> rows)
    {
        var result = new JsonObject();
        foreach (var group in rows.GroupBy(r => r.UserId ?? ""))
        {
            var user = world.Users.GetValueOrDefault(group.Key);
            result[group.Key] = Group(
                [.. group],
                traits.Shapes["activity_entity"].With(new JsonObject { ["user_email"] = user?.Email })
            );
        }

        return result;
    }

    private JsonObject Group(List<DailyActivity> rows, JsonObject metadata) =>
        new()
        {
            ["metrics"] = Metrics(rows),
            ["metadata"] = metadata,
            ["api_key_breakdown"] = Keys(rows),
        };

    private JsonObject Keys(List<DailyActivity> rows)
    {
        var result = new JsonObject();
        foreach (var group in rows.GroupBy(r => r.KeyHash))
        {
            result[group.Key] = new JsonObject { ["metrics"] = Metrics([.. group]), ["metadata"] = OfKey(group.Key) };
        }

        return result;
    }

    private JsonObject OfKey(string hash)
    {
        var key = world.FindKeyByHash(hash);
        return traits
            .Shapes["activity_key"]
            .With(
                new JsonObject
                {
                    ["key_alias"] = key?.Alias,
                    ["team_id"] = key?.TeamId,
                    ["user_id"] = key?.UserId,
                    ["user_email"] = key is null ? null : world.UserOf(key)?.Email,
                }
            );
    }

    private JsonObject Metrics(IReadOnlyList<DailyActivity> rows) =>
        traits.Shapes["activity_metrics"].With(ActivityMetrics.Of(rows));
}

/// <summary>Sums of rows, under the names of the metrics.</summary>
internal static class ActivityMetrics
{
    public static JsonObject Of(IReadOnlyCollection<DailyActivity> rows) =>
        new()
        {
            ["spend"] = Json.Float(rows.Sum(r => r.Spend)),
            ["prompt_tokens"] = rows.Sum(r => r.PromptTokens),
            ["completion_tokens"] = rows.Sum(r => r.CompletionTokens),
            ["cache_read_input_tokens"] = rows.Sum(r => r.CacheReadTokens),
            ["cache_creation_input_tokens"] = rows.Sum(r => r.CacheWriteTokens),
            ["total_tokens"] = rows.Sum(r => r.PromptTokens + r.CompletionTokens),
            ["successful_requests"] = rows.Sum(r => r.Successes),
            ["failed_requests"] = rows.Sum(r => r.Failures),
            ["api_requests"] = rows.Sum(r => r.Successes + r.Failures),
        };

    /// <summary>The same for the whole reply, where the names begin with total_.</summary>
    public static JsonObject Totals(IReadOnlyCollection<DailyActivity> rows)
    {
        var result = new JsonObject();
        foreach (var (name, value) in Of(rows))
        {
            result[name == "total_tokens" ? name : "total_" + name] = value?.DeepClone();
        }

        return result;
    }
}
