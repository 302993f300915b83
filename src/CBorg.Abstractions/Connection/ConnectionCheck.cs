using System;

namespace CBorg;

/// <summary>One step of <c>Test-CBorgConnection</c>.</summary>
public sealed class ConnectionCheck
{
    /// <summary>What was tried.</summary>
    public string Step { get; init; } = "";

    /// <summary>How it went.</summary>
    public CheckOutcome Outcome { get; init; }

    /// <summary>What was found.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What to do about it. Null when there is nothing to do.</summary>
    public string? Advice { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Step}: {Outcome}";
}
