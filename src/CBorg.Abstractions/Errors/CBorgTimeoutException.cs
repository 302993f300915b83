using System;

namespace CBorg;

/// <summary>Something took too long.</summary>
public sealed class CBorgTimeoutException : CBorgException
{
    /// <inheritdoc/>
    public CBorgTimeoutException(ErrorKind kind, string message, string? advice = null, ErrorFacts? facts = null, Exception? inner = null)
        : base(kind, message, advice, facts, inner)
    {
    }
}
