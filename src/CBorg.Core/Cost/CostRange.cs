using System;
using System.Collections.Generic;
using System.Linq;
using CBorg.Core.Chat;

namespace CBorg.Core.Cost;

/// <summary>What a call costs at least and at most, in USD, and who says so. Null where nobody knows.</summary>
internal sealed record CostRange(decimal? Low, decimal? High, string Source)
{
    /// <summary>By the list price of the dearest deployment: which of them will answer is the proxy's choice.</summary>
    public static CostRange Of(IReadOnlyList<ModelDeployment> deployments, long promptTokens, long? longestAnswer)
    {
        if (deployments.Count > 0 && deployments.All(deployment => ListPrice.IsFree(deployment.Prices)))
        {
            return new CostRange(0, 0, nameof(CostSource.Free));
        }

        decimal? low = deployments.Max(deployment =>
            ListPrice.Of(deployment.Prices, new Usage { PromptTokens = promptTokens, CompletionTokens = 0 })
        );
        decimal? high = longestAnswer is { } tokens
            ? deployments.Max(deployment => Dearest(deployment.Prices, promptTokens, tokens))
            : null;
        return low is null
            ? new CostRange(null, null, nameof(CostSource.Unknown))
            : new CostRange(low, high, nameof(CostSource.ListPrice));
    }

    /// <summary>Thoughts have a price of their own at some providers; a longest answer may be all thought.</summary>
    private static decimal? Dearest(IReadOnlyDictionary<string, decimal> prices, long promptTokens, long answerTokens)
    {
        Usage spoken = new() { PromptTokens = promptTokens, CompletionTokens = answerTokens };
        return
            ListPrice.Of(prices, spoken) is { } plain
            && ListPrice.Of(prices, spoken with { ReasoningTokens = answerTokens }) is { } thought
            ? Math.Max(plain, thought)
            : null;
    }
}
