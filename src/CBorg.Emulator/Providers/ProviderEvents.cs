using System.Text.Json.Nodes;

namespace CBorg.Emulator.Providers;

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
