namespace CBorg.Emulator.Answers;

/// <summary>Whether a model thinks before it answers, and lets one see it.</summary>
internal enum ReasoningKind
{
    /// <summary>It does not think.</summary>
    None,

    /// <summary>It always thinks and shows reasoning_content.</summary>
    Shown,

    /// <summary>It thinks and only counts its reasoning tokens.</summary>
    Hidden,

    /// <summary>It thinks and shows it when the request asks for that.</summary>
    OnRequest,
}
