using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.State;

internal sealed class TeamRecord
{
    public required string Id { get; init; }

    public string? Alias { get; init; }

    public double? MaxBudget { get; init; }

    public string? BudgetDuration { get; init; }

    public DateTimeOffset? BudgetResetAt { get; init; }

    public int? RpmLimit { get; init; }

    public int? TpmLimit { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    public JsonObject Metadata { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public Spend Spend { get; init; } = new();
}
