namespace CBorg.Emulator.Providers;

/// <summary>One step of a provider's stream.</summary>
internal abstract record ProviderEvent;
