namespace CBorg.Emulator.Traits;

/// <summary>What becomes of keys that may not pass.</summary>
internal sealed record AuthTraits
{
    public int ExpiredStatus { get; set; } = 400;

    public int DeniedModelStatus { get; set; } = 401;

    public string BlockedText { get; set; } = "Authentication Error, Key is blocked. Update via `/key/unblock` if you're admin.";

    /// <summary>The error about an expired key repeats all of it.</summary>
    public bool ShowsExpiredKeyWhole { get; set; } = true;

    /// <summary>A route outside of allowed_routes ends in a bare 500.</summary>
    public bool DeniedRouteIsPlainError { get; set; } = true;

    /// <summary>A key that does not begin with sk- is repeated only in part.</summary>
    public bool MasksForeignKeys { get; set; }

    /// <summary>The word "unknown" in place of a user's id is masked like an id.</summary>
    public bool MasksUnknownUser { get; set; }

    /// <summary>/model/info belongs to llm_api_routes.</summary>
    public bool LlmGroupHasModelInfo { get; set; }
}

/// <summary>Which models may be called when a budget is used up.</summary>
internal enum FreeModels
{
    Never,
    WithoutPrice,
    WithExplicitZero,
}

/// <summary>What becomes of calls whose budget is used up.</summary>
internal sealed record BudgetTraits
{
    public int Status { get; set; } = 400;

    public FreeModels Free { get; set; }

    /// <summary>Budgets of user and team stop information routes too.</summary>
    public bool EveryRouteChecksUserAndTeam { get; set; } = true;

    /// <summary>The text names the key.</summary>
    public bool NamesKey { get; set; }

    /// <summary>A hook stops the user's calls even of free models, in the words of a rate limit.</summary>
    public bool UserHook { get; set; }
}

/// <summary>What LiteLLM makes of a provider's errors.</summary>
internal sealed record ErrorTraits
{
    /// <summary>error.type is derived from the status; before that it is null or "None".</summary>
    public bool TypeFollowsStatus { get; set; }

    /// <summary>What a provider's 404 is called.</summary>
    public string FailedLookup { get; set; } = "litellm.NotFoundError: NotFoundError: ";

    /// <summary>What a provider's 403 is called.</summary>
    public string Forbidden { get; set; } = "litellm.APIError: APIError: ";

    /// <summary>What a provider's 502 is called.</summary>
    public string BadGateway { get; set; } = "litellm.APIError: APIError: ";

    /// <summary>A provider's 413 becomes a 429.</summary>
    public bool TooLargeIsRateLimit { get; set; } = true;

    /// <summary>What a provider's 422 becomes.</summary>
    public int UnprocessableStatus { get; set; } = 400;

    public bool UnprocessableHasProviderHeaders { get; set; }

    /// <summary>Errors of hosted_vllm keep the provider's JSON instead of its message.</summary>
    public bool HostedErrorsKeepBody { get; set; }

    /// <summary>Bodies that are not JSON are repeated; before that only their status is told.</summary>
    public bool KeepsForeignBodies { get; set; }

    /// <summary>A provider's refusal of /responses is a 400 whatever it was.</summary>
    public bool ResponsesFailWith400 { get; set; } = true;

    /// <summary>A deployment rests after a failed call of /responses.</summary>
    public bool FailedResponsesRest { get; set; }

    /// <summary>Errors of /v1/messages are Anthropic's: {"type": "error", "error": {...}}.</summary>
    public bool MessagesHaveAnthropicForm { get; set; }

    public bool KnowsContentPolicy { get; set; }

    /// <summary>A missing parameter is a 400 that names it; before that Python's TypeError.</summary>
    public bool NamesMissingParameter { get; set; }

    /// <summary>An AttributeError is a 400 "Invalid request format".</summary>
    public bool NamesBrokenFormat { get; set; }

    /// <summary>"No deployments available" has a retry-after.</summary>
    public bool RestingHasRetryAfter { get; set; }
}
