namespace CBorg.Emulator.Chat;

/// <summary>Tokens times prices.</summary>
internal static class Pricing
{
    private const int LargeTier = 200_000;
    private const int MediumTier = 128_000;

    public static Cost Of(Deployment deployment, JsonObject? usage)
    {
        if (usage is null || !deployment.Charged)
        {
            return new Cost();
        }

        var prompt = Tokens(usage["prompt_tokens"]);
        var completion = Tokens(usage["completion_tokens"]);
        var read = Tokens(usage["prompt_tokens_details"]?["cached_tokens"]);
        var written = Tokens(usage["prompt_tokens_details"]?["cache_creation_tokens"]);
        var thought = Tokens(usage["completion_tokens_details"]?["reasoning_tokens"]);

        var input = Price(deployment, "input_cost_per_token", prompt) ?? 0;
        var output = Price(deployment, "output_cost_per_token", prompt) ?? 0;
        var fresh = Math.Max(0, prompt - read - written) * input;
        var cacheRead = read * (Price(deployment, "cache_read_input_token_cost", prompt) ?? input);
        var cacheCreation = written * (Price(deployment, "cache_creation_input_token_cost", prompt) ?? input);
        var reasoning = thought * (deployment.Price("output_cost_per_reasoning_token") ?? output);
        var answer = ((completion - thought) * output) + reasoning;
        return new Cost(fresh + cacheRead + cacheCreation + answer, fresh, answer, cacheRead, cacheCreation, reasoning);
    }

    /// <summary>The price for prompts of this size.</summary>
    private static double? Price(Deployment deployment, string name, int prompt)
    {
        var tiered = prompt > LargeTier ? deployment.Price($"{name}_above_200k_tokens") : null;
        tiered ??= prompt > MediumTier ? deployment.Price($"{name}_above_128k_tokens") : null;
        return tiered ?? deployment.Price(name);
    }

    private static int Tokens(JsonNode? node) => Usage.Number(node);
}

/// <summary>What a call costs in USD, and its parts.</summary>
internal sealed record Cost(
    double Total = 0,
    double Input = 0,
    double Output = 0,
    double CacheRead = 0,
    double CacheCreation = 0,
    double Reasoning = 0
);

/// <summary>The headers that split a cost, as far as the generation does.</summary>
internal static class CostParts
{
    private const string Prefix = "x-litellm-response-cost-";
    private const string Zero = "0.0";

    public static void Set(Call call, Cost cost)
    {
        var split = call.Personality.Headers.CostSplit;
        if (split == CostHeaders.None)
        {
            return;
        }

        call.SetHeader(Prefix + "original", Json.Repr(cost.Total));
        foreach (var name in (string[])["discount-amount", "margin-amount", "margin-percent"])
        {
            call.SetHeader(Prefix + name, Zero);
        }

        if (split == CostHeaders.Parts)
        {
            call.SetHeader(Prefix + "input", Json.Repr(cost.Input));
            call.SetHeader(Prefix + "output", Json.Repr(cost.Output));
            call.SetHeader(Prefix + "tool-usage", Zero);
            call.SetHeader(Prefix + "cache-read", OrNone(cost.CacheRead));
            call.SetHeader(Prefix + "cache-creation", OrNone(cost.CacheCreation));
            call.SetHeader(Prefix + "reasoning", OrNone(cost.Reasoning));
        }
    }

    private static string? OrNone(double cost) => cost > 0 ? Json.Repr(cost) : null;
}
