using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CBorg.Core.Wire;

namespace CBorg.Core.Models;

/// <summary>Reads <c>/model/info</c>: its rows are deployments, several of which may share a name.</summary>
internal static class ModelReading
{
    private const string Supports = "supports_";
    private const decimal Million = 1_000_000m;

    private static readonly string[] s_ownHardware =
    [
        "hosted_vllm",
        "vllm",
        "ollama",
        "ollama_chat",
        "llamafile",
        "lm_studio",
        "infinity",
    ];

    /// <exception cref="JsonException">It is no list of models.</exception>
    public static IReadOnlyList<ModelDeployment> Deployments(JsonElement root)
    {
        // An answer without rows is not a service without models.
        if (root.Member("data") is not { ValueKind: JsonValueKind.Array })
        {
            throw new JsonException("The answer tells of no models.");
        }

        List<ModelDeployment> deployments = [];
        foreach (JsonElement row in root.Items("data"))
        {
            if (row.Text("model_name") is { Length: > 0 })
            {
                deployments.Add(Deployment(row));
            }
        }

        return deployments;
    }

    public static IReadOnlyList<Model> Models(IEnumerable<ModelDeployment> deployments) =>
        [
            .. deployments
                .GroupBy(deployment => deployment.ModelName, StringComparer.Ordinal)
                .Select(group => Model(group.Key, [.. group]))
                .OrderBy(model => model.Name, StringComparer.OrdinalIgnoreCase),
        ];

    private static ModelDeployment Deployment(JsonElement row)
    {
        JsonElement? info = row.Member("model_info");
        JsonElement? parameters = row.Member("litellm_params");
        Dictionary<string, decimal> prices = new(StringComparer.Ordinal);
        Dictionary<string, bool?> capabilities = new(StringComparer.Ordinal);
        Take(parameters, prices, capabilities);
        Take(info, prices, capabilities);
        return new ModelDeployment
        {
            Id = info.Text("id") ?? "",
            ModelName = row.Text("model_name")!,
            UnderlyingModel = parameters.Text("model") ?? info.Text("key"),
            Provider =
                info.Text("litellm_provider") ?? parameters.Text("custom_llm_provider") ?? ProviderOf(parameters.Text("model")),
            Mode = info.Text("mode"),
            MaxInputTokens = info.Integer("max_input_tokens"),
            MaxOutputTokens = info.Integer("max_output_tokens") ?? info.Integer("max_tokens"),
            OutputVectorSize = (int?)info.Integer("output_vector_size"),
            Prices = prices,
            Capabilities = capabilities,
            SupportedParameters =
                info is { } element && element.Member("supported_openai_params") is not null
                    ? element.Texts("supported_openai_params")
                    : null,
        };
    }

    private static void Take(JsonElement? source, Dictionary<string, decimal> prices, Dictionary<string, bool?> capabilities)
    {
        if (source is not { ValueKind: JsonValueKind.Object } members)
        {
            return;
        }

        foreach (JsonProperty member in members.EnumerateObject())
        {
            if (LooseText.NameOf(member) is { } name)
            {
                Take(members, name, prices, capabilities);
            }
        }
    }

    private static void Take(
        JsonElement source,
        string name,
        Dictionary<string, decimal> prices,
        Dictionary<string, bool?> capabilities
    )
    {
        if (name.StartsWith(Supports, StringComparison.Ordinal))
        {
            capabilities[name.Substring(Supports.Length)] = source.Flag(name);
        }
        else if (name.Contains("cost", StringComparison.Ordinal) && source.Money(name) is { } price)
        {
            prices[name] = price;
        }
    }

    private static string? ProviderOf(string? model) =>
        model?.IndexOf('/') is { } slash and > 0 ? model.Substring(0, slash) : null;

    private static Model Model(string name, IReadOnlyList<ModelDeployment> deployments)
    {
        Dictionary<string, bool?> capabilities = Capabilities(deployments);
        string? provider = Joined(deployments, deployment => deployment.Provider);
        return new Model
        {
            Name = name,
            Mode = deployments.Select(deployment => deployment.Mode).FirstOrDefault(mode => mode is not null),
            UnderlyingModel = Joined(deployments, deployment => deployment.UnderlyingModel),
            Provider = provider,
            OnPrem =
                name.StartsWith("lbl/", StringComparison.OrdinalIgnoreCase)
                || (provider is not null && s_ownHardware.Contains(provider)),
            MaxInputTokens = deployments.Min(deployment => deployment.MaxInputTokens),
            MaxOutputTokens = deployments.Min(deployment => deployment.MaxOutputTokens),
            InputPrice = PerMillion(deployments, "input_cost_per_token"),
            OutputPrice = PerMillion(deployments, "output_cost_per_token"),
            CacheReadPrice = PerMillion(deployments, "cache_read_input_token_cost"),
            CacheWritePrice = PerMillion(deployments, "cache_creation_input_token_cost"),
            SupportsVision = Supported("vision"),
            SupportsFunctionCalling = Supported("function_calling"),
            SupportsReasoning = Supported("reasoning"),
            SupportsResponseSchema = Supported("response_schema"),
            SupportsPromptCaching = Supported("prompt_caching"),
            SupportsPdfInput = Supported("pdf_input"),
            SupportsAudioInput = Supported("audio_input"),
            SupportsWebSearch = Supported("web_search"),
            DeploymentCount = deployments.Count,
            Capabilities = capabilities,
            Deployments = deployments,
        };

        bool? Supported(string capability) => capabilities.TryGetValue(capability, out bool? value) ? value : null;
    }

    /// <summary>A name can do what every deployment of it can; unknown beats yes, no beats both.</summary>
    private static Dictionary<string, bool?> Capabilities(IReadOnlyList<ModelDeployment> deployments)
    {
        Dictionary<string, bool?> all = new(StringComparer.Ordinal);
        foreach (string name in deployments.SelectMany(deployment => deployment.Capabilities.Keys).Distinct())
        {
            bool?[] said =
            [
                .. deployments.Select(deployment => deployment.Capabilities.TryGetValue(name, out bool? value) ? value : null),
            ];
            all[name] =
                said.Contains(false) ? false
                : said.Contains(null) ? null
                : true;
        }

        return all;
    }

    private static decimal? PerMillion(IReadOnlyList<ModelDeployment> deployments, string price) =>
        deployments.Max(deployment => deployment.Prices.TryGetValue(price, out decimal value) ? value : (decimal?)null)
            is { } dearest
            ? Money.Round(dearest * Million)
            : null;

    private static string? Joined(IReadOnlyList<ModelDeployment> deployments, Func<ModelDeployment, string?> of)
    {
        string[] values = [.. deployments.Select(of).OfType<string>().Distinct()];
        return values.Length == 0 ? null : string.Join(", ", values);
    }
}
