namespace CBorg.Emulator.Info.Models;

/// <summary>supported_openai_params: which parameters LiteLLM can hand to which kind of provider.</summary>
internal static class OpenAIParams
{
    private static readonly JsonObject s_lists = Resource.Read("openai_params.json");

    public static JsonArray Of(Deployment deployment, string generation)
    {
        var lists = s_lists[generation]!.AsObject();
        var list = (lists[KindOf(deployment)] ?? lists["openai"])!.DeepClone().AsArray();
        foreach (var name in Efforts(deployment).Where(name => !list.Any(known => (string?)known == name)))
        {
            list.Add(name);
        }

        return list;
    }

    /// <summary>What models that reason take besides.</summary>
    private static string[] Efforts(Deployment deployment)
    {
        var reasons = deployment.Info["supports_reasoning"] is JsonValue v && v.TryGetValue(out bool flag) && flag;
        return !reasons ? []
            : deployment.Provider is "openai" or "azure" ? ["reasoning_effort"]
            : ["reasoning_effort", "thinking"];
    }

    private static string KindOf(Deployment deployment)
    {
        var model = deployment.ProviderModel;
        return deployment.Provider switch
        {
            "openai" or "azure" when IsReasoning(model) => "openai-reasoning",
            "vertex_ai" or "bedrock" when model.Contains("claude", System.StringComparison.Ordinal) => "anthropic",
            var provider => provider,
        };
    }

    private static bool IsReasoning(string model) => model.Length > 1 && model[0] == 'o' && char.IsAsciiDigit(model[1]);
}
