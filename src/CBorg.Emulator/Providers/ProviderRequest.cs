using System.Text.Json.Nodes;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;

namespace CBorg.Emulator.Providers;

/// <summary>What the proxy sends on: the client's body with the provider's own model name.</summary>
internal sealed record ProviderRequest(ProviderRoute Route, Deployment Deployment, JsonObject Body, KeyRecord Key, World World)
{
    public bool Stream => Json.IsTrue(Body["stream"]);
}
