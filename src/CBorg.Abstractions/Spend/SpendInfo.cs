using System;

namespace CBorg;

/// <summary>What was spent of a budget. The proxy writes spend some seconds after the call (5 s on CBorg, up to 15 s
/// elsewhere). USD; null means not told.</summary>
public sealed class SpendInfo
{
    /// <summary><c>User</c>: the personal budget that all of a user's keys share. <c>Key</c>: the key's own. Another owner,
    /// e.g. <c>Team</c>, when its budget is used up and therefore refuses.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Whose it is: the user's id or the key's alias.</summary>
    public string? Name { get; init; }

    /// <summary>USD spent so far.</summary>
    public decimal? Spend { get; init; }

    /// <summary>USD that may be spent. Null when there is no limit.</summary>
    public decimal? MaxBudget { get; init; }

    /// <summary>USD left, not below 0. Null when there is no limit.</summary>
    public decimal? Remaining { get; init; }

    /// <summary>Spend in percent of the budget. Null when there is no limit.</summary>
    public double? PercentUsed { get; init; }

    /// <summary>How long a budget lasts, e.g. <c>1mo</c>.</summary>
    public string? BudgetDuration { get; init; }

    /// <summary>When it starts anew.</summary>
    public DateTimeOffset? BudgetResetAt { get; init; }

    /// <summary>When this was asked; calls of the last seconds may be missing.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        MaxBudget is null
            ? FormattableString.Invariant($"{Spend:0.####} USD")
            : FormattableString.Invariant($"{Spend:0.####} of {MaxBudget:0.##} USD");
}
