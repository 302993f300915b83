using System;

namespace CBorg;

/// <summary>The answer cannot be read.</summary>
public sealed class CBorgProtocolException : CBorgException
{
    /// <inheritdoc/>
    public CBorgProtocolException(ErrorKind kind, string message, string? advice = null, ErrorFacts? facts = null, Exception? inner = null)
        : base(kind, message, advice, facts, inner)
    {
    }
}
