namespace CBorg.Emulator.Providers;

/// <summary>The connection breaks, by a reset or by a close in the middle.</summary>
internal sealed record ProviderBreak(bool Reset) : ProviderEvent;
