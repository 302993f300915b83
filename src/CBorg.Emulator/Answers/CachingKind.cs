namespace CBorg.Emulator.Answers;

/// <summary>How a model's prompt cache is used.</summary>
internal enum CachingKind
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>Every prompt's beginning is kept.</summary>
    Implicit,

    /// <summary>Only what stands before a cache_control mark is kept.</summary>
    Explicit,
}
