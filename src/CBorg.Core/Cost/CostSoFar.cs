using System;
using System.Linq;
using CBorg.Core.Chat;
using CBorg.Core.Models;

namespace CBorg.Core.Cost;

/// <summary>What a call that is given up has cost at least, from list prices that are at hand; nothing is asked for it.</summary>
internal static class CostSoFar
{
    /// <param name="catalog">The prices, if they have come already.</param>
    /// <param name="model">The name that was asked for.</param>
    /// <param name="deployment">The deployment that answers; null when no reply has told it.</param>
    /// <param name="promptTokens">An estimate of the question.</param>
    /// <param name="completionTokens">An estimate of what arrived of the answer.</param>
    /// <returns>USD, by the cheapest deployment that it can have been; null when a price is not known.</returns>
    public static decimal? Of(ModelCatalog catalog, string model, string? deployment, long promptTokens, long completionTokens)
    {
        Usage usage = new() { PromptTokens = promptTokens, CompletionTokens = completionTokens };
        if (deployment is not null)
        {
            return catalog.Find(deployment) is { } known ? Price(known) : null;
        }

        decimal?[] prices = [.. (catalog.Cached?.FirstOrDefault(one => one.Name == model)?.Deployments ?? []).Select(Price)];
        return prices.Length == 0 || prices.Contains(null) ? null : prices.Min();

        decimal? Price(ModelDeployment one) =>
            ListPrice.IsFree(one.Prices) ? 0
            : ListPrice.Of(one.Prices, usage) is { } cost and > 0 ? cost
            : null;
    }
}
