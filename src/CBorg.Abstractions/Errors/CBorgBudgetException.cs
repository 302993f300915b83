using System;

namespace CBorg;

/// <summary>A budget is used up. Trying again does not help before it starts anew.</summary>
public sealed class CBorgBudgetException : CBorgException
{
    /// <inheritdoc/>
    public CBorgBudgetException(ErrorKind kind, string message, string? advice = null, ErrorFacts? facts = null, Exception? inner = null)
        : base(kind, message, advice, facts, inner)
    {
    }
}
