namespace CBorg.Emulator.Traits;

internal sealed record StreamTraits
{
    public bool ShowsProviderModel { get; init; }

    /// <summary>The provider's opening chunk, a role without text, is passed on.</summary>
    public bool RoleChunkFirst { get; init; }

    public bool HostedHasNoFingerprint { get; init; }

    /// <summary>Usage of hosted_vllm streams is the proxy's own count, and an empty chunk follows it.</summary>
    public bool HostedUsageIsCounted { get; init; }

    /// <summary>A provider's broken line is an error; before that it looks like an end.</summary>
    public bool BreaksAreErrors { get; init; }

    /// <summary>A provider that falls silent in mid-stream is a timeout; else a lost connection.</summary>
    public bool SilenceIsTimeout { get; init; }

    /// <summary>An error before the first chunk is an event in a reply with the error's status.</summary>
    public bool ErrorBeforeFirstChunkIsEvent { get; init; }

    /// <summary>The provider's stream is left when the client leaves; before that it is read, and billed, to its end.</summary>
    public bool StopsWithClient { get; init; }

    /// <summary>The provider is asked for usage whether the client wants it or not.</summary>
    public bool AsksForUsage { get; init; }

    public bool UsageHasCost { get; init; }

    public bool CountsNoReasoningBesideTools { get; init; }
}
