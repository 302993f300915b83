namespace CBorg.Core.Tests.Faults;

/// <summary>What a call brought.</summary>
internal sealed record Got(string Text)
{
    public (long? Prompt, long? Completion)? Tokens { get; init; }

    public decimal? Cost { get; init; }

    public string? CallId { get; init; }
}
