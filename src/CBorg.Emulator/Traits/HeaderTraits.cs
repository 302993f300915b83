namespace CBorg.Emulator.Traits;

internal sealed record HeaderTraits
{
    public CostHeaders CostSplit { get; init; }

    public bool ModelName { get; init; }

    public bool CallbackDuration { get; init; }

    /// <summary>Streams have the headers of plain replies: durations, model group, the provider's own.</summary>
    public bool StreamsLikePlain { get; init; }

    /// <summary>Errors of a chosen deployment name it.</summary>
    public bool ModelIdOnErrors { get; init; }

    public bool LimitsOnEmbeddings { get; init; }

    public EmbeddingErrorHeaders EmbeddingErrors { get; init; }

    public bool DurationOnHostedEmbeddings { get; init; }

    /// <summary>x-litellm-key-spend follows a row that is kept for a minute; before that each call raises it.</summary>
    public bool KeySpendStands { get; init; }

    /// <summary>A limiter's 429 has reset_at.</summary>
    public bool ResetAt { get; init; }

    /// <summary>x-frame-options and its like.</summary>
    public bool Security { get; init; }

    /// <summary>Cross-origin requests are welcome from anywhere, without credentials.</summary>
    public bool AnyOrigin { get; init; }
}
