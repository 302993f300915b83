using System;

namespace CBorg.Emulator.State;

/// <summary>One row of LiteLLM's table of daily spend: what a key did with a model on a day.</summary>
internal sealed record DailyActivity(DateOnly Date, string? UserId, string KeyHash, string Model, string ModelGroup, string Provider, string Endpoint)
{
    public double Spend { get; set; }

    public long PromptTokens { get; set; }

    public long CompletionTokens { get; set; }

    public long CacheReadTokens { get; set; }

    public long CacheWriteTokens { get; set; }

    public long Successes { get; set; }

    public long Failures { get; set; }
}
