using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Emulator.Info.Models;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;
using CBorg.Emulator.Traits;

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
            _traits.Shapes["spend_log"].With(members));
    }

    private SpendLog FromCall(SpentCall call)
    {
        var model = call.Deployment?.UnderlyingModel ?? call.ModelGroup;
        var row = _traits.Shapes["spend_log"].With(new JsonObject
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
        });
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
