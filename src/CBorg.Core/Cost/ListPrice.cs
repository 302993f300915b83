using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CBorg.Core.Chat;

namespace CBorg.Core.Cost;

/// <summary>
/// Works out what LiteLLM charges: tokens times the deployment's prices, cached and written tokens at theirs, the dearer tier
/// for long prompts. Recorded exchanges show that this is the figure in the server's own header, to the last digit.
/// </summary>
internal static class ListPrice
{
    private const string Input = "input_cost_per_token";
    private const string Output = "output_cost_per_token";
    private const string CacheRead = "cache_read_input_token_cost";
    private const string CacheWrite = "cache_creation_input_token_cost";
    private const string CacheWriteHour = "cache_creation_input_token_cost_above_1hr";
    private const string Reasoning = "output_cost_per_reasoning_token";
    private const string TierMark = "_above_";
    private const string TierEnd = "k_tokens";

    /// <returns>USD, or null when a price that is needed is unknown.</returns>
    public static decimal? Of(IReadOnlyDictionary<string, decimal> prices, Usage usage)
    {
        if (usage.PromptTokens is not { } prompt || Price(prices, Input, prompt) is not { } input)
        {
            return null;
        }

        long read = usage.CachedTokens ?? 0;
        long written = usage.CacheWriteTokens ?? 0;
        long writtenHour = Math.Min(usage.CacheWriteHourTokens ?? 0, written);
        decimal writePrice = Price(prices, CacheWrite, prompt) ?? input;
        decimal cost =
            (Math.Max(0, prompt - read - (usage.CacheWriteOnTop ? 0 : written)) * input)
            + (read * (Price(prices, CacheRead, prompt) ?? input))
            + ((written - writtenHour) * writePrice)
            + (writtenHour * (Price(prices, CacheWriteHour, prompt) ?? writePrice));
        return Completion(prices, usage, prompt) is { } completion ? Wire.Money.Round(cost + completion) : null;
    }

    /// <summary>Whether the prices are explicitly 0, those for images, searches, seconds and whatever else included.</summary>
    public static bool IsFree(IReadOnlyDictionary<string, decimal> prices) =>
        prices.TryGetValue(Input, out decimal input) && input == 0 && prices.Values.All(price => price == 0);

    /// <summary>What one token of the question or the answer costs, for a prompt of that length.</summary>
    public static decimal? InputPrice(IReadOnlyDictionary<string, decimal> prices, long promptTokens) =>
        Price(prices, Input, promptTokens);

    /// <inheritdoc cref="InputPrice"/>
    public static decimal? OutputPrice(IReadOnlyDictionary<string, decimal> prices, long promptTokens) =>
        Price(prices, Output, promptTokens);

    private static decimal? Completion(IReadOnlyDictionary<string, decimal> prices, Usage usage, long prompt)
    {
        long completion = usage.CompletionTokens ?? 0;
        if (completion == 0)
        {
            return 0;
        }

        if (Price(prices, Output, prompt) is not { } output)
        {
            return null;
        }

        long thought = prices.TryGetValue(Reasoning, out decimal reasoning)
            ? Math.Min(usage.ReasoningTokens ?? 0, completion)
            : 0;
        return ((completion - thought) * output) + (thought * reasoning);
    }

    /// <summary>The price of the highest tier that the prompt reaches (<c>_above_200k_tokens</c>), else the plain one.</summary>
    private static decimal? Price(IReadOnlyDictionary<string, decimal> prices, string name, long promptTokens)
    {
        decimal? price = prices.TryGetValue(name, out decimal plain) ? plain : null;
        long reached = 0;
        foreach (KeyValuePair<string, decimal> tier in prices)
        {
            if (Threshold(tier.Key, name) is { } threshold && promptTokens > threshold && threshold > reached)
            {
                (price, reached) = (tier.Value, threshold);
            }
        }

        return price;
    }

    private static long? Threshold(string key, string name)
    {
        if (
            key.Length <= name.Length
            || !key.StartsWith(name + TierMark, StringComparison.Ordinal)
            || !key.EndsWith(TierEnd, StringComparison.Ordinal)
        )
        {
            return null;
        }

        int start = name.Length + TierMark.Length;
        string thousands = key.Substring(start, key.Length - start - TierEnd.Length);
        return long.TryParse(thousands, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value * 1000 : null;
    }
}
