using System;

namespace CBorg;

/// <summary>The provider, the proxy or the edge failed.</summary>
public sealed class CBorgServiceException : CBorgException
{
    /// <inheritdoc/>
    public CBorgServiceException(ErrorKind kind, string message, string? advice = null, ErrorFacts? facts = null, Exception? inner = null)
        : base(kind, message, advice, facts, inner)
    {
    }
}
