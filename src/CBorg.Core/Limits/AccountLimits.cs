using System.Collections.Generic;

namespace CBorg.Core.Limits;

/// <summary>What the service says about the key, its user and its team.</summary>
internal sealed class AccountLimits
{
    public ScopeLimits Key { get; init; } = new(null, null);

    /// <summary>By <c>user</c> and <c>team</c>.</summary>
    public Dictionary<string, ScopeLimits> Scopes { get; } = [];

    /// <summary>Limits of single models for this key.</summary>
    public Dictionary<string, ScopeLimits> Models { get; init; } = [];

    /// <summary>Whether the budget is used up.</summary>
    public bool IsSpent { get; set; }
}
