namespace CBorg.Core.Limits;

/// <summary>The limits of one scope as the account has them; null where there is none.</summary>
internal sealed record ScopeLimits(long? Requests, long? Tokens, long? Parallel = null);
