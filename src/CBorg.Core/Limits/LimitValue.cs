using System;

namespace CBorg.Core.Limits;

/// <summary>How high a limit is, how that is known, and since when.</summary>
/// <param name="Value">A minute, or at a time.</param>
/// <param name="Origin">How it is known.</param>
/// <param name="At">When it was learnt, since the Unix epoch.</param>
internal readonly record struct LimitValue(long Value, RateLimitOrigin Origin, TimeSpan At);
