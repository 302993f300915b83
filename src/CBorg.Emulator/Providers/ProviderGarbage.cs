namespace CBorg.Emulator.Providers;

/// <summary>data: that is no JSON.</summary>
internal sealed record ProviderGarbage(string Text) : ProviderEvent;
