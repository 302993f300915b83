namespace CBorg;

/// <summary>What a <see cref="CallEvent"/> is about.</summary>
public enum CallEventKind
{
    /// <summary>A request goes out, or its reply came.</summary>
    Detail,

    /// <summary>The call's first request goes out: from here on it may cost something.</summary>
    Sent,

    /// <summary>The call waits: for a free place, or before it tries again.</summary>
    Waiting,

    /// <summary>The wait is over.</summary>
    Resumed,

    /// <summary>Something a user should know although the call succeeds.</summary>
    Warning,
}
