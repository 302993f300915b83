using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace CBorg;

/// <summary>A model of the proxy: what its deployments of one name have in common. Prices in USD per million tokens; null
/// means unknown.</summary>
public sealed class Model
{
    /// <summary>The name to ask for, exact and case-sensitive.</summary>
    public string Name { get; init; } = "";

    /// <summary><c>chat</c>, <c>embedding</c>, <c>responses</c>, <c>image_generation</c> ... Null when the proxy does not
    /// know.</summary>
    public string? Mode { get; init; }

    /// <summary>The provider's name of the model, e.g. <c>vertex_ai/claude-sonnet-4-6</c>; several are joined by a
    /// comma.</summary>
    public string? UnderlyingModel { get; init; }

    /// <summary>LiteLLM's word for the provider, e.g. <c>hosted_vllm</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>Whether the Laboratory's own hardware runs it: the name starts with <c>lbl/</c> or the provider is a
    /// self-hosted one.</summary>
    public bool OnPrem { get; init; }

    /// <summary>The longest question, in tokens; the smallest of the deployments.</summary>
    public long? MaxInputTokens { get; init; }

    /// <summary>The longest answer, in tokens; the smallest of the deployments.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>USD per million tokens of the question; the dearest of the deployments.</summary>
    public decimal? InputPrice { get; init; }

    /// <summary>USD per million tokens of the answer; the dearest of the deployments.</summary>
    public decimal? OutputPrice { get; init; }

    /// <summary>USD per million tokens read from a prompt cache.</summary>
    public decimal? CacheReadPrice { get; init; }

    /// <summary>USD per million tokens written into a prompt cache.</summary>
    public decimal? CacheWritePrice { get; init; }

    /// <summary>Whether it takes images.</summary>
    public bool? SupportsVision { get; init; }

    /// <summary>Whether it can call tools.</summary>
    public bool? SupportsFunctionCalling { get; init; }

    /// <summary>Whether it thinks before it answers.</summary>
    public bool? SupportsReasoning { get; init; }

    /// <summary>Whether it can answer in a JSON schema.</summary>
    public bool? SupportsResponseSchema { get; init; }

    /// <summary>Whether a repeated beginning of the prompt is cached.</summary>
    public bool? SupportsPromptCaching { get; init; }

    /// <summary>Whether it takes PDF files.</summary>
    public bool? SupportsPdfInput { get; init; }

    /// <summary>Whether it takes sound.</summary>
    public bool? SupportsAudioInput { get; init; }

    /// <summary>Whether it can search the web.</summary>
    public bool? SupportsWebSearch { get; init; }

    /// <summary>How many deployments share the name.</summary>
    public int DeploymentCount { get; init; }

    /// <summary>Every capability that the proxy names, by its name without <c>supports_</c>; null means unknown.</summary>
    [Hidden]
    public IReadOnlyDictionary<string, bool?> Capabilities { get; init; } = new Dictionary<string, bool?>();

    /// <summary>The deployments themselves, with all their prices.</summary>
    [Hidden]
    public IReadOnlyList<ModelDeployment> Deployments
    {
        get;
        init => field = Lists.Indexable(value);
    } = Array.Empty<ModelDeployment>();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
