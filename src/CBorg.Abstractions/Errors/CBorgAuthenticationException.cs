using System;

namespace CBorg;

/// <summary>The key is missing, unknown, expired, blocked, or may not do this.</summary>
public sealed class CBorgAuthenticationException : CBorgException
{
    /// <inheritdoc/>
    public CBorgAuthenticationException(ErrorKind kind, string message, string? advice = null, ErrorFacts? facts = null, Exception? inner = null)
        : base(kind, message, advice, facts, inner)
    {
    }
}
