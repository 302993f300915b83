using System.Text.Json.Serialization;

namespace CBorg.Emulator.State;

/// <summary>Who has a budget and limits: what keys, users and teams have in common as rows of LiteLLM's database.</summary>
internal abstract class Account
{
    public double? MaxBudget { get; init; }

    public string? BudgetDuration { get; init; }

    public DateTimeOffset? BudgetResetAt { get; init; }

    public int? RpmLimit { get; init; }

    public int? TpmLimit { get; init; }

    public int? MaxParallelRequests { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Free-form data of the row; model_rpm_limit and model_tpm_limit live in here.</summary>
    public JsonObject Metadata { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What was spent before, and since.</summary>
    public Spend Spend { get; init; } = new();
}

/// <summary>A virtual key.</summary>
internal sealed class KeyRecord : Account
{
    private string? _hash;

    /// <summary>What the key is for: personal, project, expired, rpm ...</summary>
    public required string Role { get; init; }

    public required string Key { get; init; }

    public string Hash => _hash ??= KeyHash.Of(Key);

    /// <summary>The catalogue names only the beginning of the key ("sk-userrpm-*"): any key that begins so is this one.</summary>
    public bool IsPrefix => Key.EndsWith('*');

    [JsonPropertyName("key_alias")]
    public string? Alias { get; init; }

    public string? UserId { get; init; }

    public string? TeamId { get; init; }

    public bool? Blocked { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public IReadOnlyList<string> AllowedRoutes { get; init; } = [];

    /// <summary>Set when the budget is a row of its own (litellm_budget_table).</summary>
    public string? BudgetId { get; init; }

    /// <summary>What its user may do within its team.</summary>
    public int? TeamMemberRpmLimit { get; init; }

    public int? TeamMemberTpmLimit { get; init; }

    public string Name => "sk-..." + Key[^4..];
}

internal sealed class UserRecord : Account
{
    [JsonPropertyName("user_id")]
    public required string Id { get; init; }

    [JsonPropertyName("user_email")]
    public string? Email { get; init; }

    /// <summary>internal_user, proxy_admin ..., or null.</summary>
    [JsonPropertyName("user_role")]
    public string? Role { get; init; }

    public IReadOnlyList<string> Teams { get; init; } = [];
}

internal sealed class TeamRecord : Account
{
    [JsonPropertyName("team_id")]
    public required string Id { get; init; }

    [JsonPropertyName("team_alias")]
    public string? Alias { get; init; }
}
