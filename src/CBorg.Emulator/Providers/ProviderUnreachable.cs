namespace CBorg.Emulator.Providers;

/// <summary>The line is lost before an answer, or nobody listens.</summary>
internal sealed record ProviderUnreachable : ProviderReply;
