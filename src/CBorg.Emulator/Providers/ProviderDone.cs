namespace CBorg.Emulator.Providers;

/// <summary>data: [DONE].</summary>
internal sealed record ProviderDone : ProviderEvent;
