using System;

namespace CBorg;

/// <summary>What one model took on one day (<c>/user/daily/activity</c>).</summary>
public sealed class DailySpend
{
    /// <summary>The day, by the proxy's clock (UTC).</summary>
    public DateTime Date { get; init; }

    /// <summary>The model as it was asked for where the proxy says so, else the underlying one.</summary>
    public string Model { get; init; } = "";

    /// <summary>USD.</summary>
    public decimal Spend { get; init; }

    /// <summary>Tokens of the questions.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of the answers.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Tokens read from prompt caches.</summary>
    public long CachedTokens { get; init; }

    /// <summary>All tokens.</summary>
    public long TotalTokens { get; init; }

    /// <summary>Calls, failed ones included.</summary>
    public long Requests { get; init; }

    /// <summary>Calls that failed.</summary>
    public long FailedRequests { get; init; }
}
