using System;

namespace CBorg;

/// <summary>One limit of the service and how much of it is used, as this client has it in its books.</summary>
public sealed class RateLimit
{
    /// <summary>Whose limit it is: <c>key</c>, <c>user</c>, <c>team</c>, <c>model NAME</c>, <c>lbl/*</c> ...</summary>
    public string Scope { get; init; } = "";

    /// <summary>What it counts.</summary>
    public RateLimitType Type { get; init; }

    /// <summary>How high it is: a minute, or at a time.</summary>
    public long Limit { get; init; }

    /// <summary>What is used of it now: sent in this window, or in flight.</summary>
    public long Used { get; init; }

    /// <summary>What is left of it now, never below 0.</summary>
    public long Remaining => Math.Max(0, Limit - Used);

    /// <summary>When the window is over, local time. Null for calls in flight, and while no window is open.</summary>
    public DateTime? ResetsAt { get; init; }

    /// <summary>How the limit is known.</summary>
    public RateLimitOrigin Origin { get; init; }

    /// <summary>How long ago that was learnt.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Calls of this process that wait for it.</summary>
    public int Waiting { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Scope}: {Used} of {Limit} {Type}";
}
