using System;

namespace CBorg.Core.Resilience;

/// <summary>Where a call stands when one of its attempts has failed.</summary>
/// <param name="Failures">Failures that count, this one included.</param>
/// <param name="RetriesLeft">Further attempts that it may make, the next one included; at least 1.</param>
/// <param name="Left">What is left of its time.</param>
/// <param name="Longest">The longest wait that a server may ask for.</param>
/// <param name="Now">The time of day.</param>
internal sealed record RetryArguments(int Failures, int RetriesLeft, TimeSpan Left, TimeSpan Longest, DateTimeOffset Now)
{
    /// <summary>
    /// When, counted from now, the proxy's limiter will have room at the latest. Null when it said nothing of the sort.
    /// </summary>
    public TimeSpan? RoomWithin { get; init; }
}
