namespace CBorg;

/// <summary>How a step of a check went.</summary>
public enum CheckOutcome
{
    /// <summary>It works.</summary>
    Passed,

    /// <summary>It works, but something wants attention.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,

    /// <summary>Not tried, because an earlier step failed or it does not apply.</summary>
    Skipped,
}
