using System;

namespace CBorg;

/// <summary>There was no connection, or it broke before an answer.</summary>
public sealed class CBorgConnectionException : CBorgException
{
    /// <inheritdoc/>
    public CBorgConnectionException(ErrorKind kind, string message, string? advice = null, ErrorFacts? facts = null, Exception? inner = null)
        : base(kind, message, advice, facts, inner)
    {
    }
}
