namespace CBorg.Core.Connection;

/// <summary>What a step of a connection check found.</summary>
internal sealed record CheckResult(CheckOutcome Outcome, string Detail, string? Advice = null)
{
    public static CheckResult Passed(string detail) => new(CheckOutcome.Passed, detail);

    public static CheckResult Warning(string detail, string? advice) => new(CheckOutcome.Warning, detail, advice);

    public static CheckResult Failed(string detail, string? advice) => new(CheckOutcome.Failed, detail, advice);

    public static CheckResult Skipped(string detail) => new(CheckOutcome.Skipped, detail);
}
