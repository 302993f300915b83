namespace CBorg.Emulator.Traits;

internal sealed record AuthTraits
{
    public required int ExpiredStatus { get; init; }

    public required int DeniedModelStatus { get; init; }

    public required string BlockedText { get; init; }

    /// <summary>The error about an expired key repeats all of it.</summary>
    public bool ShowsExpiredKeyWhole { get; init; }

    /// <summary>A route outside of allowed_routes ends in a bare 500.</summary>
    public bool DeniedRouteIsPlainError { get; init; }

    /// <summary>A key that does not begin with sk- is repeated only in part.</summary>
    public bool MasksForeignKeys { get; init; }

    /// <summary>The word "unknown" in place of a user's id is masked like an id.</summary>
    public bool MasksUnknownUser { get; init; }

    /// <summary>/model/info belongs to llm_api_routes.</summary>
    public bool LlmGroupHasModelInfo { get; init; }
}
