namespace CBorg.Core.Limits;

/// <summary>What an answer says it took.</summary>
/// <param name="Limited">All tokens but cached ones.</param>
/// <param name="Completion">Those of the answer alone; null when it was not told.</param>
internal readonly record struct TokensUsed(long Limited, long? Completion)
{
    /// <summary>What the server's limiter counts of it.</summary>
    public long Counted(ServerRules rules) =>
        rules.CountsCompletionOnly ? (Completion ?? Limited) + 1
        : rules.ReservesTokens ? Limited
        : Limited + 1;
}
