using System;
using System.Text.Json;
using CBorg.Core.Limits;
using CBorg.Core.Wire;

namespace CBorg.Core.Chat;

/// <summary>What an answer took, as told by the last usage seen. Null members were not told.</summary>
internal sealed record Usage
{
    public long? PromptTokens { get; init; }

    public long? CompletionTokens { get; init; }

    public long? TotalTokens { get; init; }

    public long? CachedTokens { get; init; }

    public long? ReasoningTokens { get; init; }

    public long? CacheWriteTokens { get; init; }

    /// <summary>Of the written ones, those kept for an hour.</summary>
    public long? CacheWriteHourTokens { get; init; }

    /// <summary>LiteLLM up to 1.77 tells written tokens only at the top level, and then counts them on top of the prompt's;
    /// later ones count them inside.</summary>
    public bool CacheWriteOnTop { get; init; }

    /// <summary>USD, when the server told one above 0.</summary>
    public decimal? Cost { get; init; }

    /// <summary>What LiteLLM's limiter counts: all tokens but cached ones. Null when it was not told.</summary>
    public long? LimitedTokens =>
        (TotalTokens ?? PromptTokens + CompletionTokens) is { } total ? Math.Max(0, total - (CachedTokens ?? 0)) : null;

    /// <inheritdoc cref="TokensUsed"/>
    public TokensUsed? Taken => LimitedTokens is { } limited ? new TokensUsed(limited, CompletionTokens) : null;

    public static Usage? Read(JsonElement? root)
    {
        if (root is not { ValueKind: JsonValueKind.Object } usage)
        {
            return null;
        }

        JsonElement? prompt = usage.Member("prompt_tokens_details");
        JsonElement? completion = usage.Member("completion_tokens_details");
        long? writtenInside = prompt.Integer("cache_creation_tokens") ?? prompt.Integer("cache_write_tokens");
        long? written = usage.Integer("cache_creation_input_tokens");
        return new Usage
        {
            PromptTokens = usage.Integer("prompt_tokens") ?? usage.Integer("input_tokens"),
            CompletionTokens = usage.Integer("completion_tokens") ?? usage.Integer("output_tokens"),
            TotalTokens = usage.Integer("total_tokens"),
            CachedTokens = prompt.Integer("cached_tokens") ?? usage.Integer("cache_read_input_tokens"),
            ReasoningTokens = completion.Integer("reasoning_tokens"),
            CacheWriteTokens = writtenInside ?? written,
            CacheWriteHourTokens = prompt.Member("cache_creation_token_details").Integer("ephemeral_1h_input_tokens"),
            CacheWriteOnTop = writtenInside is null && written > 0,
            Cost = usage.Money("cost") is { } cost and > 0 ? cost : null,
        };
    }
}
