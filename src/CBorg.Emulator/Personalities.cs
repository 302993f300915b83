using System;
using CBorg.Emulator.Info;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator;

/// <summary>The one place where the generations of LiteLLM differ.</summary>
internal static class Personalities
{
    public static Personality V177 { get; } = new()
    {
        Name = "1.77",
        Version = "1.77.2.post1",
        Auth = new()
        {
            ExpiredStatus = 400,
            DeniedModelStatus = 401,
            ShowsExpiredKeyWhole = true,
            DeniedRouteIsPlainError = true,
            BlockedText = "Authentication Error, Key is blocked. Update via `/key/unblock` if you're admin.",
        },
        Budgets = new() { Status = 400, EveryRouteChecksUserAndTeam = true, Free = FreeModels.Never },
        Errors = new()
        {
            FailedLookup = "litellm.NotFoundError: NotFoundError: ",
            Forbidden = "litellm.APIError: APIError: ",
            BadGateway = "litellm.APIError: APIError: ",
            TooLargeIsRateLimit = true,
            UnprocessableStatus = 400,
        },
        Headers = new(),
        Replies = new() { ShowsProviderModel = true, DropsNullContent = true, ChoiceHasProviderFields = true },
        Streams = new() { ShowsProviderModel = true, ErrorBeforeFirstChunkIsEvent = true },
        Limits = new() { Tokens = TokenCounting.CompletionAfter, SlotsLiveInWindow = true, NamesScopeByHalfIndex = true },
        Info = new()
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
        },
    };

    public static Personality V181 { get; } = new()
    {
        Name = "1.81",
        Version = "1.81.9",
        Auth = new()
        {
            ExpiredStatus = 400,
            DeniedModelStatus = 401,
            BlockedText = "Authentication Error, Key is blocked. Update via `/key/unblock` if you're admin.",
        },
        Budgets = new() { Status = 400, EveryRouteChecksUserAndTeam = true, Free = FreeModels.WithoutPrice },
        Errors = new()
        {
            FailedLookup = "litellm.NotFoundError: NotFoundError: ",
            Forbidden = "litellm.APIError: APIError: ",
            BadGateway = "litellm.BadGatewayError: BadGatewayError: ",
            TooLargeIsRateLimit = true,
            UnprocessableStatus = 422,
            UnprocessableHasProviderHeaders = true,
            HostedErrorsKeepBody = true,
            NamesBrokenFormat = true,
        },
        Headers = new()
        {
            CostSplit = CostHeaders.Margins,
            ModelIdOnErrors = true,
            LimitsOnEmbeddings = true,
            EmbeddingErrors = EmbeddingErrorHeaders.WithoutCallId,
            DurationOnHostedEmbeddings = true,
            ResetAt = true,
        },
        Replies = new() { ProviderFieldsRepeatReasoning = true, DropsEmptyLists = true },
        Streams = new() { HostedHasNoFingerprint = true, HostedUsageIsCounted = true, SilenceIsTimeout = true },
        Limits = new() { Tokens = TokenCounting.TotalAfter, SlotsLiveInWindow = true, TeamModels = true },
        Info = new()
        {
            Shapes = Shapes.Of("1.81"),
            NoParam = "None",
            NoUser = (404, "User None not found"),
            HasCostEstimate = true,
            CalculatesOwnPrices = true,
            ReadyStatus = "connected",
            SuccessCallbacks =
            [
                "sync_deployment_callback_on_success", "SkillsInjectionHook", "_PROXY_VirtualKeyModelMaxBudgetLimiter", "_ProxyDBLogger",
                "_PROXY_MaxBudgetLimiter", "_PROXY_MaxParallelRequestsHandler_v3", "_PROXY_CacheControlCheck", "ResponsesIDSecurity", "ServiceLogging",
            ],
        },
    };

    public static Personality V1102 { get; } = new()
    {
        Name = "1.102",
        Version = "1.102.4",
        Auth = new()
        {
            ExpiredStatus = 401,
            DeniedModelStatus = 403,
            MasksForeignKeys = true,
            MasksUnknownUser = true,
            LlmGroupHasModelInfo = true,
            BlockedText = "Authentication Error, Key is blocked. Update via `/key/unblock` if you're an admin.",
        },
        Budgets = new() { Status = 429, NamesKey = true, Free = FreeModels.WithExplicitZero, UserHook = true },
        Errors = new()
        {
            TypeFollowsStatus = true,
            FailedLookup = "litellm.NotFoundError: ",
            Forbidden = "litellm.NotFoundError: ",
            BadGateway = "litellm.BadGatewayError: BadGatewayError: ",
            UnprocessableStatus = 422,
            UnprocessableHasProviderHeaders = true,
            HostedErrorsKeepBody = true,
            NamesBrokenFormat = true,
            KeepsForeignBodies = true,
            KnowsContentPolicy = true,
            NamesMissingParameter = true,
            RestingHasRetryAfter = true,
        },
        Headers = new()
        {
            CostSplit = CostHeaders.Parts,
            ModelName = true,
            CallbackDuration = true,
            StreamsLikePlain = true,
            Security = true,
            LimitsOnEmbeddings = true,
            EmbeddingErrors = EmbeddingErrorHeaders.Full,
            DurationOnHostedEmbeddings = true,
            ResetAt = true,
            AnyOrigin = true,
            KeySpendStands = true,
        },
        Replies = new() { ChoiceHasProviderFields = true, KeepsRefusal = true },
        Streams = new()
        {
            RoleChunkFirst = true,
            HostedHasNoFingerprint = true,
            BreaksAreErrors = true,
            StopsWithClient = true,
            AsksForUsage = true,
            UsageHasCost = true,
            CountsNoReasoningBesideTools = true,
        },
        Limits = new()
        {
            Tokens = TokenCounting.ReservedBefore,
            ChecksInTurn = true,
            FirstSlotLag = TimeSpan.FromMilliseconds(30),
            TeamModels = true,
            ThrottlingType = true,
        },
        Info = new()
        {
            Shapes = Shapes.Of("1.102"),
            NoParam = null,
            NoUser = (404, "User None not found"),
            ModelListTellsLimits = true,
            HasUserInfoV2 = true,
            UserListIsOpen = true,
            HasAggregatedActivity = true,
            ActivityIsPrivate = true,
            HasCostEstimate = true,
            NewestLogFirst = true,
            LogsDescribeModels = true,
            ReadyStatus = "healthy",
        },
    };
}
