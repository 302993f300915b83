using System.Collections.Generic;

namespace CBorg;

/// <summary>One deployment behind a model's name: one row of <c>/model/info</c>.</summary>
public sealed class ModelDeployment
{
    /// <summary><c>model_info.id</c>, which <c>x-litellm-model-id</c> repeats on every reply.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name it is asked for by.</summary>
    public string ModelName { get; init; } = "";

    /// <summary><c>litellm_params.model</c>: what the provider calls it.</summary>
    public string? UnderlyingModel { get; init; }

    /// <summary>LiteLLM's word for the provider.</summary>
    public string? Provider { get; init; }

    /// <summary>What it is for.</summary>
    public string? Mode { get; init; }

    /// <summary>The longest question, in tokens.</summary>
    public long? MaxInputTokens { get; init; }

    /// <summary>The longest answer, in tokens.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>Length of its vectors, for embedding models.</summary>
    public int? OutputVectorSize { get; init; }

    /// <summary>Every price that the proxy names, by its own name (<c>input_cost_per_token_above_200k_tokens</c> ...), in
    /// USD per unit; unknown ones are not in it.</summary>
    public IReadOnlyDictionary<string, decimal> Prices { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Every capability that the proxy names, without <c>supports_</c>; null means unknown.</summary>
    public IReadOnlyDictionary<string, bool?> Capabilities { get; init; } = new Dictionary<string, bool?>();

    /// <summary>The parameters that LiteLLM passes on; null when it does not say.</summary>
    public IReadOnlyList<string>? SupportedParameters
    {
        get;
        init => field = value is null ? null : Lists.Indexable(value);
    }

    /// <inheritdoc/>
    public override string ToString() => UnderlyingModel ?? ModelName;
}
