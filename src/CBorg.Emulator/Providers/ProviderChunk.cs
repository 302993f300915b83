using System.Text.Json.Nodes;

namespace CBorg.Emulator.Providers;

/// <summary>A chunk in OpenAI's form (chat.completion.chunk).</summary>
internal sealed record ProviderChunk(JsonObject Json) : ProviderEvent;
