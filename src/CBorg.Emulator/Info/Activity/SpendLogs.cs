namespace CBorg.Emulator.Info.Activity;

/// <summary>A user's spend logs in the order of the generation.</summary>
internal sealed class SpendLogs(World world, Personality personality)
{
    private readonly InfoTraits _traits = personality.Info;

    public IEnumerable<SpendLog> Of(string user)
    {
        var seeds = world.Journal.Seeds.Where(seed => seed.UserId == user).Select(FromSeed);
        var calls = world.Journal.CallsAt(world.Now - _traits.LogDelay).Where(call => call.Key.UserId == user).Select(FromCall);
        var logs = seeds.Concat(calls);
        return _traits.NewestLogFirst ? logs.OrderByDescending(log => log.Started) : logs;
    }

    private SpendLog FromSeed(SpendLogSeed seed)
    {
        var members = seed.Members.DeepClone().AsObject();
        members["api_key"] = seed.KeyHash;
        members["created_at"] = Times.Zulu(seed.Started);
        members["updated_at"] = Times.Zulu(seed.Started);
        members["request_duration_ms"] = 4000;
        return new SpendLog(
            seed.Started,
            seed.KeyHash,
            seed.UserId ?? "",
            (string?)members["model"] ?? "",
            ModelView.Number(members["spend"]) ?? 0,
            _traits.Shapes["spend_log"].With(members)
        );
    }

    private SpendLog FromCall(SpentCall call)
    {
        var model = call.Deployment?.UnderlyingModel ?? call.ModelGroup;
        var row = _traits
            .Shapes["spend_log"]
            .With(
                new JsonObject
                {
                    ["request_id"] = call.RequestId,
                    ["call_type"] = call.Endpoint.EndsWith("embeddings", StringComparison.Ordinal) ? "aembedding" : "acompletion",
                    ["api_key"] = call.Key.Hash,
                    ["spend"] = Json.Float(call.Cost),
                    ["total_tokens"] = call.PromptTokens + call.CompletionTokens,
                    ["prompt_tokens"] = call.PromptTokens,
                    ["completion_tokens"] = call.CompletionTokens,
                    ["startTime"] = Times.Zulu(call.Started),
                    ["endTime"] = Times.Zulu(call.Ended),
                    ["request_duration_ms"] = (long)(call.Ended - call.Started).TotalMilliseconds,
                    ["completionStartTime"] = Times.Zulu(call.Ended),
                    ["model"] = model,
                    ["model_id"] = call.Deployment?.Id ?? "",
                    ["model_group"] = call.ModelGroup,
                    ["custom_llm_provider"] = call.Deployment?.Provider ?? "",
                    ["api_base"] = call.Deployment?.ApiBase + call.Endpoint,
                    ["user"] = call.Key.UserId ?? "",
                    ["metadata"] = new SpendLogMetadata(world, personality).Of(call),
                    ["cache_hit"] = "None",
                    ["request_tags"] = Texts.Array(Tags(call.UserAgent)),
                    ["team_id"] = call.Key.TeamId ?? "",
                    ["organization_id"] = "",
                    ["end_user"] = "",
                    ["session_id"] = call.CallId,
                    ["status"] = call.Failed ? "failure" : "success",
                    ["created_at"] = Times.Zulu(call.Ended),
                    ["updated_at"] = Times.Zulu(call.Ended),
                }
            );
        return new SpendLog(call.Started, call.Key.Hash, call.Key.UserId ?? "", model, call.Cost, row);
    }

    private static IEnumerable<string> Tags(string? agent)
    {
        if (agent is { Length: > 0 })
        {
            yield return "User-Agent: " + agent.Split('/')[0];
            yield return "User-Agent: " + agent;
        }
    }
}

/// <summary>A row of /spend/logs, and of it what is filtered and summed by.</summary>
internal sealed record SpendLog(DateTimeOffset Started, string KeyHash, string User, string Model, double Spend, JsonObject Row)
{
    public DateOnly Date => DateOnly.FromDateTime(Started.UtcDateTime);
}

/// <summary>Member metadata of a spend log.</summary>
internal sealed class SpendLogMetadata(World world, Personality personality)
{
    public JsonObject Of(SpentCall call) =>
        personality
            .Info.Shapes["spend_log_metadata"]
            .With(
                new JsonObject
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
                }
            );

    private static JsonObject Usage(SpentCall call) =>
        new()
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
        return personality
            .Info.Shapes["cost_breakdown"]
            .With(
                new JsonObject
                {
                    ["input_cost"] = Json.Float(System.Math.Max(0, call.Cost - output)),
                    ["output_cost"] = Json.Float(System.Math.Min(output, call.Cost)),
                    ["tool_usage_cost"] = Json.Float(0),
                    ["original_cost"] = Json.Float(call.Cost),
                    ["total_cost"] = Json.Float(call.Cost),
                }
            );
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
