namespace CBorg.Emulator.Chat;

/// <summary>Usage as LiteLLM writes it: the three counts first, details only where there are some.</summary>
internal static class Usage
{
    private static readonly string[] s_counts = ["completion_tokens", "prompt_tokens", "total_tokens"];

    public static JsonObject Normalised(JsonObject? provider)
    {
        var usage = new JsonObject();
        foreach (var name in s_counts)
        {
            usage[name] = provider?[name]?.DeepClone() ?? 0;
        }

        foreach (var name in (string[])["completion_tokens_details", "prompt_tokens_details"])
        {
            if (provider?[name] is JsonObject details)
            {
                usage[name] = details.DeepClone();
            }
        }

        foreach (var (name, value) in provider?.Where(m => !usage.ContainsKey(m.Key)).ToList() ?? [])
        {
            if (value is not null)
            {
                usage[name] = value.DeepClone();
            }
        }

        return usage;
    }

    public static JsonObject Counted(int prompt, int completion) =>
        new()
        {
            ["completion_tokens"] = completion,
            ["prompt_tokens"] = prompt,
            ["total_tokens"] = prompt + completion,
        };

    public static LimitUsage ForLimits(JsonObject? usage) =>
        new(
            Number(usage?["completion_tokens"]),
            Number(usage?["total_tokens"]),
            Number(usage?["prompt_tokens_details"]?["cached_tokens"])
        );

    public static int Number(JsonNode? node) => (int)(Json.Number(node) ?? 0);
}
