using System;

namespace CBorg;

/// <summary>A limit was hit, and waiting did not help or would take too long.</summary>
public sealed class CBorgRateLimitException : CBorgException
{
    /// <inheritdoc/>
    public CBorgRateLimitException(ErrorKind kind, string message, string? advice = null, ErrorFacts? facts = null, Exception? inner = null)
        : base(kind, message, advice, facts, inner)
    {
    }
}
