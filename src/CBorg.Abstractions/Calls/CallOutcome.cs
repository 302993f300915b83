namespace CBorg;

/// <summary>How a call ended.</summary>
public enum CallOutcome
{
    /// <summary>Its answer was read to the end.</summary>
    Succeeded,

    /// <summary>It failed for good: <see cref="CallRecord.Failure"/> says why.</summary>
    Failed,

    /// <summary>Its caller gave it up, by Ctrl+C for instance. The service may go on with it, and charge for it.</summary>
    Cancelled,
}
