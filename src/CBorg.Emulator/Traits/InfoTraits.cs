namespace CBorg.Emulator.Traits;

/// <summary>What the information routes of one generation do differently.</summary>
internal sealed record InfoTraits
{
    /// <summary>Which members the objects have.</summary>
    public Shapes Shapes { get; set; } = Shapes.Of("1.77");

    /// <summary>error.param where LiteLLM has none: the text None, or null.</summary>
    public string? NoParam { get; set; } = "None";

    /// <summary>The refusal of /user/info for a key without a user.</summary>
    public (int Status, string Message) NoUser { get; set; } =
        (401, "{'error': 'Only admin users can query all teams/other teams. Your user role=internal_user'}");

    /// <summary>/models tells mode and token limits.</summary>
    public bool ModelListTellsLimits { get; set; }

    public bool HasUserInfoV2 { get; set; }

    /// <summary>/user/list is open to users, and says itself whom it serves.</summary>
    public bool UserListIsOpen { get; set; }

    public bool HasAggregatedActivity { get; set; }

    /// <summary>Nobody sees others' activity; older ones ignore user_id and show a key without a user everything.</summary>
    public bool ActivityIsPrivate { get; set; }

    public bool HasCostEstimate { get; set; }

    /// <summary>/spend/calculate knows prices from the operator's model_info, not only LiteLLM's own.</summary>
    public bool CalculatesOwnPrices { get; set; } = true;

    public bool NewestLogFirst { get; set; }

    /// <summary>Spend logs carry the model's description.</summary>
    public bool LogsDescribeModels { get; set; }

    /// <summary>Spend logs are written in batches, later than spend itself.</summary>
    public TimeSpan LogDelay { get; set; } = TimeSpan.FromSeconds(15);

    public string ReadyStatus { get; set; } = "connected";

    /// <summary>The names that /health/readiness lists, where it lists them.</summary>
    public string[] SuccessCallbacks { get; set; } =
    [
        "sync_deployment_callback_on_success",
        "_PROXY_VirtualKeyModelMaxBudgetLimiter",
        "_ProxyDBLogger",
        "_PROXY_MaxBudgetLimiter",
        "_PROXY_MaxParallelRequestsHandler_v3",
        "_PROXY_CacheControlCheck",
        "ServiceLogging",
    ];
}
