using System;
using System.Text.Json;
using CBorg.Core.Wire;

namespace CBorg.Core.Spend;

/// <summary>What <c>/user/info</c> tells of a user's budget. Null members were not told.</summary>
internal sealed record UserRecord
{
    public string? UserId { get; private init; }

    public decimal? Spend { get; private init; }

    public decimal? MaxBudget { get; private init; }

    public string? BudgetDuration { get; private init; }

    public DateTimeOffset? BudgetResetAt { get; private init; }

    /// <returns>Null when the answer is about no user.</returns>
    public static UserRecord? Read(JsonElement root) =>
        root.Member("user_info") is { ValueKind: JsonValueKind.Object } user
            ? new UserRecord
            {
                UserId = user.Text("user_id") ?? root.Text("user_id"),
                Spend = user.Money("spend"),
                MaxBudget = user.Money("max_budget"),
                BudgetDuration = user.Text("budget_duration"),
                BudgetResetAt = user.Time("budget_reset_at"),
            }
            : null;
}
