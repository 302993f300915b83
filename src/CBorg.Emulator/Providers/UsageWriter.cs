namespace CBorg.Emulator.Providers;

/// <summary>Writes usage as each family of models does: bare on the premises, with details elsewhere, Claude's with both
/// kinds of cache.</summary>
internal sealed class UsageWriter(Answer answer, Deployment deployment)
{
    public JsonObject Write()
    {
        var usage = new JsonObject
        {
            ["completion_tokens"] = answer.CompletionTokens,
            ["prompt_tokens"] = answer.PromptTokens,
            ["total_tokens"] = answer.PromptTokens + answer.CompletionTokens,
        };
        if (!deployment.OnPrem || answer.ReasoningTokens > 0)
        {
            usage["completion_tokens_details"] = new JsonObject
            {
                ["reasoning_tokens"] = answer.ReasoningTokens,
                ["text_tokens"] = answer.CompletionTokens - answer.ReasoningTokens,
            };
        }

        if (!deployment.OnPrem || answer.Cached.Read > 0)
        {
            usage["prompt_tokens_details"] = PromptDetails();
        }

        if (IsClaude)
        {
            usage["cache_creation_input_tokens"] = answer.Cached.Written;
            usage["cache_read_input_tokens"] = answer.Cached.Read;
        }

        return usage;
    }

    private bool IsClaude => deployment.ProviderModel.Contains("claude", StringComparison.OrdinalIgnoreCase);

    private JsonObject PromptDetails()
    {
        var details = new JsonObject
        {
            ["cached_tokens"] = answer.Cached.Read,
            ["text_tokens"] = answer.PromptTokens - answer.Cached.Read - answer.Cached.Written,
        };
        if (IsClaude)
        {
            details["cache_creation_tokens"] = answer.Cached.Written;
            details["cache_creation_token_details"] = new JsonObject
            {
                ["ephemeral_5m_input_tokens"] = answer.Cached.Written - answer.Cached.WrittenForAnHour,
                ["ephemeral_1h_input_tokens"] = answer.Cached.WrittenForAnHour,
            };
        }

        return details;
    }
}
