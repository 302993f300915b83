namespace CBorg;

/// <summary>Whether and how a failed request is sent again.</summary>
internal enum ErrorRetry
{
    /// <summary>Never, whatever the server says: it costs anew, or cannot help.</summary>
    Never,

    /// <summary>Not unless the server says that trying again can help.</summary>
    No,

    /// <summary>After the time that the server asks for, else after waits that double.</summary>
    Backoff,

    /// <summary>After short waits: a permit is free as soon as another call ends.</summary>
    Permit,

    /// <summary>Within the minute in which the rate limiter's window must end.</summary>
    Window,
}
