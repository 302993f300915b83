using System;
using CBorg.Core.Chat;
using CBorg.Core.Limits;

namespace CBorg.Core.Http;

/// <summary>
/// What was read of a reply: the facts that the rate limiter and the record of the call need. Null members were not told.
/// </summary>
internal class ReplyReading
{
    /// <summary>Why the answer broke off after something worth keeping had come. Null: it was read to its end.</summary>
    public CBorgException? Broken { get; init; }

    public Usage? Usage { get; init; }

    /// <summary>What it took of the tokens a minute.</summary>
    public TokensUsed? TokensUsed { get; init; }

    /// <summary>From sending to the first text or thought. Null for a reply that was no stream.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>USD. Null when it cannot be known.</summary>
    public decimal? Cost { get; init; }

    public CostSource CostSource { get; init; } = CostSource.Unknown;

    /// <summary>The underlying model that answered.</summary>
    public string? ResolvedModel { get; init; }
}

/// <summary>A reading whose result is at hand.</summary>
internal sealed class ValueReading<T>(T value) : ReplyReading
{
    public T Value => value;
}
