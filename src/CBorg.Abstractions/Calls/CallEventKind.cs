namespace CBorg;

/// <summary>What a <see cref="CallEvent"/> is about.</summary>
public enum CallEventKind
{
    /// <summary>A request goes out, or its reply came.</summary>
    Detail,

    /// <summary>The call's first request goes out: from here on it may cost something.</summary>
    Sent,

    /// <summary>The call waits: for a permit, or before it tries again.</summary>
    Waiting,

    /// <summary>The wait is over.</summary>
    Resumed,

    /// <summary>
    /// A call was given up under way, by its caller or because it took too long: the server may go on with it, and charge for
    /// it.
    /// </summary>
    Cancelled,

    /// <summary>Something a user should know although the call succeeds.</summary>
    Warning,

    /// <summary>The call has ended; the last event of every call, with its <see cref="CallEvent.Record"/>.</summary>
    Completed,
}
