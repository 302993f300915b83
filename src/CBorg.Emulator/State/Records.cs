namespace CBorg.Emulator.State;

/// <summary>A virtual key, as its row in LiteLLM's database, and what it has spent since.</summary>
internal sealed class KeyRecord
{
    /// <summary>What the key is for: personal, project, expired, rpm ...</summary>
    public required string Role { get; init; }

    public required string Key { get; init; }

    /// <summary>The catalogue names only the beginning of the key ("sk-userrpm-*"): any key that begins so is this one.</summary>
    public bool IsPrefix { get; init; }

    public required string Hash { get; init; }

    public string? Alias { get; init; }

    public string? UserId { get; init; }

    public string? TeamId { get; init; }

    public bool? Blocked { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    public IReadOnlyList<string> AllowedRoutes { get; init; } = [];

    public double? MaxBudget { get; init; }

    public string? BudgetDuration { get; init; }

    public DateTimeOffset? BudgetResetAt { get; init; }

    /// <summary>Set when the budget is a row of its own (litellm_budget_table).</summary>
    public string? BudgetId { get; init; }

    public int? RpmLimit { get; init; }

    public int? TpmLimit { get; init; }

    public int? MaxParallelRequests { get; init; }

    /// <summary>What its user may do within its team.</summary>
    public int? TeamMemberRpmLimit { get; init; }

    public int? TeamMemberTpmLimit { get; init; }

    /// <summary>Free-form data of the row; model_rpm_limit and model_tpm_limit live in here.</summary>
    public JsonObject Metadata { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public Spend Spend { get; init; } = new();

    public string Name => "sk-..." + Key[^4..];
}

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
