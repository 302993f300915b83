namespace CBorg.Emulator.Providers;

/// <summary>An error of the provider's: any status with any text.</summary>
internal sealed record ProviderFailure(int Status, string Text, string ContentType = "application/json") : ProviderReply;
