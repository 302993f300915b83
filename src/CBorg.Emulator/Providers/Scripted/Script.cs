using System.Text.Json;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>
/// What a scripted model answers, as data: what catalog/scripts.json has under the provider's name of the model, and the
/// catalogue's own members.
/// </summary>
internal sealed record Script
{
    private static readonly JsonSerializerOptions s_names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly JsonObject s_known = Resource.TryRead("catalog/scripts.json")!;

    public string? Text { get; init; } = "After A comes B.";

    public string? Reasoning { get; init; }

    public string? Refusal { get; init; }

    public IReadOnlyList<ScriptedCall> ToolCalls { get; init; } = [];

    public string FinishReason { get; init; } = "stop";

    public int PromptTokens { get; init; } = 17;

    public int CompletionTokens { get; init; } = 6;

    public bool Usage { get; init; } = true;

    /// <summary>A stream tells usage on each of its chunks.</summary>
    public bool UsageOnEachChunk { get; init; }

    /// <summary>Usage with details, cached and reasoning tokens among them.</summary>
    public bool Details { get; init; }

    /// <summary>How many of the prompt's tokens came from a cache; null leaves that to the details.</summary>
    public int? CachedTokens { get; init; }

    /// <summary>Every member that may be null is there and null, as vLLM writes them.</summary>
    public bool Nulls { get; init; }

    public JsonArray? Annotations { get; init; }

    /// <summary>Seconds before the answer, and after each chunk of a stream.</summary>
    public double Pause { get; init; }

    public double WordPause { get; init; }

    /// <summary>The name it gives itself, when not the one it was asked by.</summary>
    public string? Model { get; init; }

    /// <summary>Embeddings can be had as base64.</summary>
    public bool KnowsBase64 { get; init; } = true;

    /// <summary>Nothing comes, ever; or the line is lost at once.</summary>
    public bool Hangs { get; init; }

    public bool Drops { get; init; }

    /// <summary>Answered in place of all that: this status with this error or body.</summary>
    public int? Status { get; init; }

    public JsonObject? Error { get; init; }

    public string? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The steps of a stream that is no answer as a whole: opening, rest, calls, error, garbage, break, silence,
    /// done.</summary>
    public IReadOnlyList<string>? Stream { get; init; }

    public static Script Of(Deployment deployment)
    {
        var members = s_known[deployment.ProviderModel]?.DeepClone() as JsonObject ?? [];
        foreach (var (name, value) in deployment.Script ?? [])
        {
            members[name] = value?.DeepClone();
        }

        return members.Deserialize<Script>(s_names)!;
    }
}

/// <summary>A call of a tool.</summary>
internal sealed record ScriptedCall(string Name, string Arguments);
