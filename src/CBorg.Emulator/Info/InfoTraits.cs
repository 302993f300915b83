using System;

namespace CBorg.Emulator.Info;

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

    /// <summary>/model/info tells how the caller comes to have the model.</summary>
    public bool ModelInfoTellsAccess { get; init; }

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

    public static InfoTraits V177 { get; } = new()
    {
        Shapes = Shapes.Of("1.77"),
        NoParam = "None",
        NoUser = (401, "{'error': 'Only admin users can query all teams/other teams. Your user role=internal_user'}"),
        CalculatesOwnPrices = true,
        LogDelay = TimeSpan.FromSeconds(15),
        ReadyStatus = "connected",
        SuccessCallbacks =
        [
            "sync_deployment_callback_on_success", "_PROXY_VirtualKeyModelMaxBudgetLimiter", "_ProxyDBLogger", "_PROXY_MaxBudgetLimiter",
            "_PROXY_MaxParallelRequestsHandler_v3", "_PROXY_CacheControlCheck", "ServiceLogging",
        ],
    };

    public static InfoTraits V181 { get; } = V177 with
    {
        Shapes = Shapes.Of("1.81"),
        NoUser = (404, "User None not found"),
        HasCostEstimate = true,
        LogDelay = TimeSpan.Zero,
        SuccessCallbacks =
        [
            "sync_deployment_callback_on_success", "SkillsInjectionHook", "_PROXY_VirtualKeyModelMaxBudgetLimiter", "_ProxyDBLogger",
            "_PROXY_MaxBudgetLimiter", "_PROXY_MaxParallelRequestsHandler_v3", "_PROXY_CacheControlCheck", "ResponsesIDSecurity", "ServiceLogging",
        ],
    };

    public static InfoTraits V1102 { get; } = V181 with
    {
        Shapes = Shapes.Of("1.102"),
        NoParam = null,
        ModelListTellsLimits = true,
        ModelInfoTellsAccess = true,
        HasUserInfoV2 = true,
        UserListIsOpen = true,
        HasAggregatedActivity = true,
        ActivityIsPrivate = true,
        CalculatesOwnPrices = false,
        NewestLogFirst = true,
        LogsDescribeModels = true,
        ReadyStatus = "healthy",
        SuccessCallbacks = [],
    };
}
