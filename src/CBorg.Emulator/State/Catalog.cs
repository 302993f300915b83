using System.Security.Cryptography;
using System.Text;

namespace CBorg.Emulator.State;

/// <summary>What an emulator starts with; see docs/emulator.md for the file's form.</summary>
internal sealed record Catalog(
    IReadOnlyList<Deployment> Deployments,
    IReadOnlyList<KeyRecord> Keys,
    IReadOnlyList<UserRecord> Users,
    IReadOnlyList<TeamRecord> Teams,
    bool Scripted,
    double RequestTimeout
);

/// <summary>One deployment: a public name, where it leads and what is known of it.</summary>
internal sealed class Deployment
{
    /// <summary>The name that clients ask for (model_name).</summary>
    public required string Name { get; init; }

    /// <summary>litellm_params as configured: model, api_base, timeout ...</summary>
    public required JsonObject Params { get; init; }

    /// <summary>model_info without its null members: prices, sizes, flags, mode.</summary>
    public required JsonObject Info { get; init; }

    public required string Id { get; init; }

    /// <summary>What a scripted model answers, when the catalogue says so.</summary>
    public JsonObject? Script { get; init; }

    /// <summary>False where the proxy fails to work out the cost of a model whose price it shows.</summary>
    public bool Charged { get; init; } = true;

    /// <summary>The provider's name and the model: hosted_vllm/up-vllm.</summary>
    public string UnderlyingModel => (string)Params["model"]!;

    public string Provider => UnderlyingModel.Split('/')[0];

    public string ProviderModel => UnderlyingModel[(UnderlyingModel.IndexOf('/') + 1)..];

    public string? ApiBase => (string?)Params["api_base"];

    public double? Timeout => Number(Params["timeout"]);

    public double? StreamTimeout => Number(Params["stream_timeout"]);

    public string? Mode => (string?)Info["mode"];

    /// <summary>LiteLLM's own price map has it (under model_info.key).</summary>
    public bool IsMapped => Info.ContainsKey("key");

    public bool OnPrem => Provider == "hosted_vllm";

    public double? Price(string name) => Number(Info[name]) ?? Number(Params[name]);

    /// <summary>Prices may have been configured as text: "1e-06".</summary>
    private static double? Number(JsonNode? node) =>
        node switch
        {
            null => null,
            JsonValue v when v.TryGetValue(out string? text) => double.Parse(text, CultureInfo.InvariantCulture),
            _ => Json.Number(node),
        };
}

internal static class KeyHash
{
    public static string Of(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))).ToLowerInvariant();
}
