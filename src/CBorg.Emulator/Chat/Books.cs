namespace CBorg.Emulator.Chat;

/// <summary>What is written down when a call is over: budgets, limits, logs, the ledger.</summary>
internal sealed class Books(Proxy proxy, LlmCall llm)
{
    /// <summary>A call that was answered; returns what it cost.</summary>
    public Cost Close(string? replyId, JsonObject usage)
    {
        var cost = Pricing.Of(llm.Deployment!, usage);
        proxy.World.Charge(llm.Key, cost.Total);
        proxy.World.Record(Call(replyId, usage, cost.Total, failed: false));
        var (prompt, completion) = (Usage.Number(usage["prompt_tokens"]), Usage.Number(usage["completion_tokens"]));
        LedgerEntry.Of(llm.Call.Http).Settle(llm.Deployment!.Id, prompt, completion, cost.Total);
        llm.Lease?.Settle(CountsForLimits ? Usage.ForLimits(usage) : null);
        return cost;
    }

    /// <summary>A call that failed behind authentication.</summary>
    public void Fail()
    {
        proxy.World.Record(Call(null, [], 0, failed: true));
        LedgerEntry.Of(llm.Call.Http).Settle(llm.Deployment?.Id, 0, 0, 0);
        llm.Lease?.Settle(null);
    }

    private bool CountsForLimits => llm.AnswersWithTokens || proxy.Personality.Limits.Tokens == TokenCounting.ReservedBefore;

    private SpentCall Call(string? replyId, JsonObject usage, double cost, bool failed) =>
        new()
        {
            CallId = llm.CallId,
            RequestId = replyId ?? llm.CallId,
            Key = llm.Key,
            ModelGroup = llm.Model ?? "",
            Deployment = llm.Deployment,
            Endpoint = llm.Path,
            PromptTokens = Usage.Number(usage["prompt_tokens"]),
            CompletionTokens = Usage.Number(usage["completion_tokens"]),
            CacheReadTokens = Usage.Number(usage["prompt_tokens_details"]?["cached_tokens"]),
            CacheWriteTokens = Usage.Number(usage["prompt_tokens_details"]?["cache_creation_tokens"]),
            Cost = cost,
            Failed = failed,
            Started = llm.Started,
            Ended = proxy.World.Now,
            UserAgent = llm.Call.Header("User-Agent"),
            PromptDetails = usage["prompt_tokens_details"] as JsonObject,
            CompletionDetails = usage["completion_tokens_details"] as JsonObject,
        };
}
