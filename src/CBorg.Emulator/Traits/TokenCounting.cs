namespace CBorg.Emulator.Traits;

/// <summary>Which tokens count against tokens per minute, and when.</summary>
internal enum TokenCounting
{
    /// <summary>Those of the completion, after the reply, and one a request.</summary>
    CompletionAfter,

    /// <summary>All but cached ones, after the reply, and one a request.</summary>
    TotalAfter,

    /// <summary>An estimate before, all but cached ones after.</summary>
    ReservedBefore,
}
