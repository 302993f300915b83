using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.State;

internal sealed class UserRecord
{
    public required string Id { get; init; }

    public string? Email { get; init; }

    /// <summary>internal_user, proxy_admin ..., or null.</summary>
    public string? Role { get; init; }

    public double? MaxBudget { get; init; }

    public string? BudgetDuration { get; init; }

    public DateTimeOffset? BudgetResetAt { get; init; }

    public int? RpmLimit { get; init; }

    public int? TpmLimit { get; init; }

    public int? MaxParallelRequests { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    public IReadOnlyList<string> Teams { get; init; } = [];

    public JsonObject Metadata { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public Spend Spend { get; init; } = new();
}
