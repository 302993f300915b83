using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;

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
