using System.Text.RegularExpressions;

namespace CBorg.Emulator.Answers;

/// <summary>How a model behaves, read from its deployment.</summary>
internal sealed partial record ModelTraits
{
    private const int UsualSmallestPrefix = 1024;

    public required string Name { get; init; }

    /// <summary>The longest prompt, in tokens.</summary>
    public int? MaxInputTokens { get; init; }

    public int? MaxOutputTokens { get; init; }

    public ReasoningKind Reasoning { get; init; }

    /// <summary>The effort preset of a deployment ("-high" names).</summary>
    public string? ReasoningEffort { get; init; }

    public CachingKind Caching { get; init; }

    /// <summary>The fewest tokens that a prompt cache keeps.</summary>
    public int SmallestCachedPrefix { get; init; } = UsualSmallestPrefix;

    /// <summary>o-series and the like: any temperature but 1 is refused.</summary>
    public bool RefusesTemperature { get; init; }

    /// <summary>Sizes of vectors; 0 for a model that makes none.</summary>
    public int VectorSize { get; init; }

    public static ModelTraits From(Deployment deployment)
    {
        var model = deployment.ProviderModel;
        var claude = model.Contains("claude", StringComparison.OrdinalIgnoreCase);
        var reasons = deployment.Info.Flag("supports_reasoning") == true;
        return new ModelTraits
        {
            Name = model,
            MaxInputTokens = deployment.Info.Whole("max_input_tokens"),
            MaxOutputTokens = deployment.Info.Whole("max_output_tokens"),
            Reasoning = !reasons ? ReasoningKind.None : ReasoningOf(model, claude),
            ReasoningEffort = deployment.Params.Text("reasoning_effort"),
            Caching =
                deployment.Info.Flag("supports_prompt_caching") != true ? CachingKind.None
                : claude ? CachingKind.Explicit
                : CachingKind.Implicit,
            SmallestCachedPrefix = deployment.Info.Whole("prompt_cache_min_tokens") ?? UsualSmallestPrefix,
            RefusesTemperature = TakesNoTemperature(deployment, model),
            VectorSize = deployment.Info.Whole("output_vector_size") ?? 0,
        };
    }

    private static ReasoningKind ReasoningOf(string model, bool claude)
    {
        if (claude)
        {
            return ReasoningKind.OnRequest;
        }

        return HidesThoughts().IsMatch(model) ? ReasoningKind.Hidden : ReasoningKind.Shown;
    }

    private static bool TakesNoTemperature(Deployment deployment, string model) =>
        deployment.Info["supported_openai_params"] is JsonArray supported
            ? !supported.Any(name => (string?)name == "temperature")
            : OSeries().IsMatch(model);

    [GeneratedRegex(@"^(?:o\d|gpt-5)", RegexOptions.IgnoreCase)]
    private static partial Regex HidesThoughts();

    [GeneratedRegex(@"^o\d", RegexOptions.IgnoreCase)]
    private static partial Regex OSeries();
}

/// <summary>How a model's prompt cache is used.</summary>
internal enum CachingKind
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>Every prompt's beginning is kept.</summary>
    Implicit,

    /// <summary>Only what stands before a cache_control mark is kept.</summary>
    Explicit,
}

/// <summary>Whether a model thinks before it answers, and lets one see it.</summary>
internal enum ReasoningKind
{
    /// <summary>It does not think.</summary>
    None,

    /// <summary>It always thinks and shows reasoning_content.</summary>
    Shown,

    /// <summary>It thinks and only counts its reasoning tokens.</summary>
    Hidden,

    /// <summary>It thinks and shows it when the request asks for that.</summary>
    OnRequest,
}
