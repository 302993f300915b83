using System;
using CBorg.Emulator.Info;

namespace CBorg.Emulator.Traits;

/// <summary>What the information routes of one generation do differently.</summary>
internal sealed record InfoTraits
{
    /// <summary>Which members the objects have.</summary>
    public required Shapes Shapes { get; init; }

    /// <summary>error.param where LiteLLM has none: the text None, or null.</summary>
    public required string? NoParam { get; init; }

    /// <summary>The refusal of /user/info for a key without a user.</summary>
    public required (int Status, string Message) NoUser { get; init; }

    /// <summary>/models tells mode and token limits.</summary>
    public bool ModelListTellsLimits { get; init; }

    public bool HasUserInfoV2 { get; init; }

    /// <summary>/user/list is open to users, and says itself whom it serves.</summary>
    public bool UserListIsOpen { get; init; }

    public bool HasAggregatedActivity { get; init; }

    /// <summary>Nobody sees others' activity; older ones ignore user_id and show a key without a user everything.</summary>
    public bool ActivityIsPrivate { get; init; }

    public bool HasCostEstimate { get; init; }

    /// <summary>/spend/calculate knows prices from the operator's model_info, not only LiteLLM's own.</summary>
    public bool CalculatesOwnPrices { get; init; }

    public bool NewestLogFirst { get; init; }

    /// <summary>Spend logs carry the model's description.</summary>
    public bool LogsDescribeModels { get; init; }

    /// <summary>Spend logs are written in batches, later than spend itself.</summary>
    public TimeSpan LogDelay { get; init; }

    public required string ReadyStatus { get; init; }

    /// <summary>The names that /health/readiness lists, where it lists them.</summary>
    public string[] SuccessCallbacks { get; init; } = [];
}
