using System.Text.Json.Nodes;
using CBorg.Emulator.Providers;
using CBorg.Emulator.State;

namespace CBorg.Emulator.Chat;

/// <summary>Enters a call that is over into the books: its cost, the day's activity, the spend log.</summary>
internal static class Bookkeeping
{
    public static void Succeeded(LlmCall llm, JsonObject? usage, double cost, string? requestId)
    {
        var world = llm.Call.World;
        world.Charge(llm.Key, cost);
        world.Record(Entry(llm) with
        {
            RequestId = requestId ?? llm.CallId,
            PromptTokens = Usage.Number(usage?["prompt_tokens"]),
            CompletionTokens = Usage.Number(usage?["completion_tokens"]),
            CacheReadTokens = Usage.Number(usage?["prompt_tokens_details"]?["cached_tokens"]),
            CacheWriteTokens = Usage.Number(usage?["prompt_tokens_details"]?["cache_creation_tokens"]),
            PromptDetails = usage?["prompt_tokens_details"] as JsonObject,
            CompletionDetails = usage?["completion_tokens_details"] as JsonObject,
            Cost = cost,
        });
    }

    public static void Failed(LlmCall llm) => llm.Call.World.Record(Entry(llm) with { Failed = true });

    private static SpentCall Entry(LlmCall llm)
    {
        var now = llm.Call.World.Now;
        return new SpentCall
        {
            CallId = llm.CallId,
            RequestId = llm.CallId,
            Key = llm.Key,
            ModelGroup = llm.Model ?? "",
            Deployment = llm.Deployment,
            Endpoint = llm.Route == ProviderRoute.Embeddings ? "/embeddings" : "/chat/completions",
            Started = now - llm.Elapsed,
            Ended = now,
            UserAgent = llm.Call.Header("User-Agent"),
        };
    }
}
