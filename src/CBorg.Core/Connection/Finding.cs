namespace CBorg.Core.Connection;

/// <summary>What a step of a connection check found.</summary>
internal sealed record Finding(CheckOutcome Outcome, string Detail, string? Advice = null)
{
    public static Finding Passed(string detail) => new(CheckOutcome.Passed, detail);

    public static Finding Warning(string detail, string? advice) => new(CheckOutcome.Warning, detail, advice);

    public static Finding Failed(string detail, string? advice) => new(CheckOutcome.Failed, detail, advice);

    public static Finding Skipped(string detail) => new(CheckOutcome.Skipped, detail);
}
