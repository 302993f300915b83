using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace CBorg;

/// <summary>An API key as the proxy knows it (<c>/key/info</c>). The key itself is in no member. Null means unset or not
/// told.</summary>
public sealed class KeyInfo
{
    /// <summary>The key's last four characters, <c>sk-...abcd</c>.</summary>
    public string Key { get; init; } = "";

    /// <summary>The name it was given; the e-mail address for a personal key.</summary>
    public string? Alias { get; init; }

    /// <summary>The user it belongs to. Null for project keys.</summary>
    public string? UserId { get; init; }

    /// <summary>The team it belongs to.</summary>
    public string? TeamId { get; init; }

    /// <summary>USD spent with this key, over its whole life unless it has a budget of its own.</summary>
    public decimal? Spend { get; init; }

    /// <summary>The key's own budget in USD.</summary>
    public decimal? MaxBudget { get; init; }

    /// <summary>How long a budget lasts, e.g. <c>30d</c>, <c>1mo</c>.</summary>
    public string? BudgetDuration { get; init; }

    /// <summary>When the key's own budget starts anew.</summary>
    public DateTimeOffset? BudgetResetAt { get; init; }

    /// <summary>When the key ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether an administrator blocked it.</summary>
    public bool? Blocked { get; init; }

    /// <summary>Requests a minute.</summary>
    public long? RequestsPerMinute { get; init; }

    /// <summary>Tokens a minute.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>Calls in flight.</summary>
    public long? MaxParallelRequests { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The models it may use; empty means all.</summary>
    [Hidden]
    public IReadOnlyList<string> Models
    {
        get;
        init => field = Lists.Indexable(value);
    } = Array.Empty<string>();

    /// <summary>The routes it may call; empty means all.</summary>
    [Hidden]
    public IReadOnlyList<string> AllowedRoutes
    {
        get;
        init => field = Lists.Indexable(value);
    } = Array.Empty<string>();

    /// <inheritdoc/>
    public override string ToString() => Alias is null ? Key : $"{Key} ({Alias})";
}
