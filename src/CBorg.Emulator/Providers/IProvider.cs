namespace CBorg.Emulator.Providers;

/// <summary>What stands behind the proxy.</summary>
internal interface IProvider
{
    Task<ProviderReply> AskAsync(ProviderRequest request, CancellationToken cancellation);
}

internal enum ProviderRoute
{
    Chat,
    Embeddings,
    Completions,
    Responses,
}

/// <summary>What the proxy sends on: the client's body with the provider's own model name.</summary>
internal sealed record ProviderRequest(ProviderRoute Route, Deployment Deployment, JsonObject Body, KeyRecord Key, World World)
{
    public bool Stream => Json.IsTrue(Body["stream"]);
}

/// <summary>What a provider answered.</summary>
internal abstract record ProviderReply
{
    /// <summary>The provider's own headers (x-request-id, x-ratelimit-limit-requests ...).</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

/// <summary>A body with status 200, in OpenAI's form.</summary>
internal sealed record ProviderBody(JsonObject Json) : ProviderReply;

/// <summary>An event stream in OpenAI's form.</summary>
internal sealed record ProviderStream(IAsyncEnumerable<ProviderEvent> Events) : ProviderReply;

/// <summary>An error of the provider's: any status with any text.</summary>
internal sealed record ProviderFailure(int Status, string Text, string ContentType = "application/json") : ProviderReply;

/// <summary>The line is lost before an answer, or nobody listens.</summary>
internal sealed record ProviderUnreachable : ProviderReply;

/// <summary>Headers as OpenAI's servers send them.</summary>
internal static class ProviderHeaders
{
    public static IReadOnlyList<(string Name, string Value)> OpenAI { get; } =
    [
        ("x-request-id", "req_0123456789"),
        ("openai-processing-ms", "42"),
        ("openai-version", "2020-10-01"),
        ("x-ratelimit-limit-requests", "10000"),
        ("x-ratelimit-remaining-requests", "9999"),
        ("x-ratelimit-limit-tokens", "2000000"),
        ("x-ratelimit-remaining-tokens", "1999983"),
        ("x-ratelimit-reset-requests", "6ms"),
        ("x-ratelimit-reset-tokens", "0s"),
    ];
}

/// <summary>One step of a provider's stream.</summary>
internal abstract record ProviderEvent;

/// <summary>A chunk in OpenAI's form (chat.completion.chunk).</summary>
internal sealed record ProviderChunk(JsonObject Json) : ProviderEvent;

/// <summary>data: that is no JSON.</summary>
internal sealed record ProviderGarbage(string Text) : ProviderEvent;

/// <summary>The connection breaks.</summary>
internal sealed record ProviderBreak : ProviderEvent;

/// <summary>data: [DONE].</summary>
internal sealed record ProviderDone : ProviderEvent;
