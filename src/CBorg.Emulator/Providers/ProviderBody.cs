using System.Text.Json.Nodes;

namespace CBorg.Emulator.Providers;

/// <summary>A body with status 200, in OpenAI's form.</summary>
internal sealed record ProviderBody(JsonObject Json) : ProviderReply;
