using System;

namespace CBorg;

/// <summary>The request cannot succeed as it is: model, parameter, size or content.</summary>
public sealed class CBorgRequestException : CBorgException
{
    /// <inheritdoc/>
    public CBorgRequestException(ErrorKind kind, string message, string? advice = null, ErrorFacts? facts = null, Exception? inner = null)
        : base(kind, message, advice, facts, inner)
    {
    }
}
