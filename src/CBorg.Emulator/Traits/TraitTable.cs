using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Traits;

/// <summary>
/// The one place where versions of LiteLLM differ: from which version on a trait has another value. 1.77.2, 1.81.9 and 1.102.4
/// are recorded, limits and spend measured on 1.96.0 too, 1.80.11 is known from its source. A change that is only known to lie
/// between two of these stands at the later one's line.
/// </summary>
internal static class TraitTable
{
    private static readonly (string From, Action<Personality> Change)[] s_changes =
    [
        ("1.80", t => t.Auth.DeniedRouteIsPlainError = false),
        ("1.80", t => t.Errors.UnprocessableStatus = 422),
        ("1.80", t => t.Errors.ResponsesFailWith400 = false),
        ("1.80", t => t.Errors.UnprocessableHasProviderHeaders = true),
        ("1.80", t => t.Headers.CostSplit = CostHeaders.Margins),
        ("1.80", t => t.Headers.ResetAt = true),
        ("1.80", t => t.Replies.DropsNullContent = false),
        ("1.80", t => t.Limits.NamesScopeByHalfIndex = false),
        ("1.80", t => t.Limits.Tokens = TokenCounting.TotalAfter),
        ("1.80", t => t.Info.NoUser = (404, "User None not found")),
        ("1.80", t => t.Info.LogDelay = TimeSpan.Zero),
        ("1.81", t => t.Headers.MessagesAreBare = false),
        ("1.81", t => t.Auth.ShowsExpiredKeyWhole = false),
        ("1.81", t => t.Budgets.Free = FreeModels.WithoutPrice),
        ("1.81", t => t.Errors.BadGateway = "litellm.BadGatewayError: BadGatewayError: "),
        ("1.81", t => t.Errors.HostedErrorsKeepBody = true),
        ("1.81", t => t.Errors.NamesBrokenFormat = true),
        ("1.81", t => t.Headers.ModelIdOnErrors = true),
        ("1.81", t => t.Headers.LimitsOnEmbeddings = true),
        ("1.81", t => t.Headers.EmbeddingErrors = EmbeddingErrorHeaders.WithoutCallId),
        ("1.81", t => t.Headers.DurationOnHostedEmbeddings = true),
        ("1.81", t => t.Replies.ChoiceHasProviderFields = false),
        ("1.81", t => t.Replies.ProviderFieldsRepeatReasoning = true),
        ("1.81", t => t.Replies.DropsEmptyLists = true),
        ("1.81", t => t.Streams.ErrorBeforeFirstChunkIsEvent = false),
        ("1.81", t => t.Streams.HostedHasNoFingerprint = true),
        ("1.81", t => t.Streams.HostedUsageIsCounted = true),
        ("1.81", t => t.Streams.SilenceIsTimeout = true),
        ("1.81", t => t.Limits.TeamModels = true),
        ("1.81", t => t.Info.HasCostEstimate = true),
        (
            "1.81",
            t =>
                t.Info.SuccessCallbacks = [
                    "sync_deployment_callback_on_success",
                    "SkillsInjectionHook",
                    "_PROXY_VirtualKeyModelMaxBudgetLimiter",
                    "_ProxyDBLogger",
                    "_PROXY_MaxBudgetLimiter",
                    "_PROXY_MaxParallelRequestsHandler_v3",
                    "_PROXY_CacheControlCheck",
                    "ResponsesIDSecurity",
                    "ServiceLogging",
                ]
        ),
        ("1.81.9", t => t.Replies.ShowsProviderModel = false),
        ("1.82", t => t.Replies.MessagesAskForResponses = true),
        ("1.96", t => t.Errors.FailedResponsesRest = true),
        ("1.96", t => t.Errors.MessagesHaveAnthropicForm = true),
        ("1.96", t => t.Auth.ExpiredStatus = 401),
        ("1.96", t => t.Auth.DeniedModelStatus = 403),
        ("1.96", t => t.Auth.MasksForeignKeys = true),
        ("1.96", t => t.Auth.MasksUnknownUser = true),
        ("1.96", t => t.Auth.LlmGroupHasModelInfo = true),
        ("1.96", t => t.Auth.BlockedText = "Authentication Error, Key is blocked. Update via `/key/unblock` if you're an admin."),
        ("1.96", t => t.Budgets.Status = 429),
        ("1.96", t => t.Budgets.NamesKey = true),
        ("1.96", t => t.Budgets.Free = FreeModels.WithExplicitZero),
        ("1.96", t => t.Budgets.UserHook = true),
        ("1.96", t => t.Budgets.EveryRouteChecksUserAndTeam = false),
        ("1.96", t => t.Errors.TypeFollowsStatus = true),
        ("1.96", t => t.Errors.FailedLookup = "litellm.NotFoundError: "),
        ("1.96", t => t.Errors.Forbidden = "litellm.NotFoundError: "),
        ("1.96", t => t.Errors.TooLargeIsRateLimit = false),
        ("1.96", t => t.Errors.KeepsForeignBodies = true),
        ("1.96", t => t.Errors.KnowsContentPolicy = true),
        ("1.96", t => t.Errors.NamesMissingParameter = true),
        ("1.96", t => t.Errors.RestingHasRetryAfter = true),
        ("1.96", t => t.Headers.ModelName = true),
        ("1.96", t => t.Headers.CallbackDuration = true),
        ("1.96", t => t.Headers.StreamsLikePlain = true),
        ("1.96", t => t.Headers.ModelIdOnErrors = false),
        ("1.96", t => t.Headers.Security = true),
        ("1.96", t => t.Headers.EmbeddingErrors = EmbeddingErrorHeaders.Full),
        ("1.96", t => t.Headers.AnyOrigin = true),
        ("1.96", t => t.Headers.KeySpendStands = true),
        ("1.96", t => t.Replies.ChoiceHasProviderFields = true),
        ("1.96", t => t.Replies.ProviderFieldsRepeatReasoning = false),
        ("1.96", t => t.Replies.DropsEmptyLists = false),
        ("1.96", t => t.Replies.KeepsRefusal = true),
        ("1.96", t => t.Streams.RoleChunkFirst = true),
        ("1.96", t => t.Streams.BreaksAreErrors = true),
        ("1.96", t => t.Streams.StopsWithClient = true),
        ("1.96", t => t.Streams.AsksForUsage = true),
        ("1.96", t => t.Streams.HostedUsageIsCounted = false),
        ("1.96", t => t.Streams.SilenceIsTimeout = false),
        ("1.96", t => t.Streams.CountsNoReasoningBesideTools = true),
        ("1.96", t => t.Limits.Tokens = TokenCounting.ReservedBefore),
        ("1.96", t => t.Limits.ChecksInTurn = true),
        ("1.96", t => t.Limits.SlotsLiveInWindow = false),
        ("1.96", t => t.Limits.FirstSlotLag = TimeSpan.FromMilliseconds(30)),
        ("1.96", t => t.Limits.ThrottlingType = true),
        ("1.96", t => t.Info.NoParam = null),
        ("1.96", t => t.Info.ModelListTellsLimits = true),
        ("1.96", t => t.Info.HasUserInfoV2 = true),
        ("1.96", t => t.Info.UserListIsOpen = true),
        ("1.96", t => t.Info.ActivityIsPrivate = true),
        ("1.96", t => t.Info.CalculatesOwnPrices = false),
        ("1.96", t => t.Info.NewestLogFirst = true),
        ("1.96", t => t.Info.LogsDescribeModels = true),
        ("1.96", t => t.Info.ReadyStatus = "healthy"),
        ("1.96", t => t.Info.SuccessCallbacks = []),
        ("1.102", t => t.Headers.CostSplit = CostHeaders.Parts),
        ("1.102", t => t.Streams.UsageHasCost = true),
        ("1.102", t => t.Limits.EstimatesEachChoice = true),
        ("1.102", t => t.Info.HasAggregatedActivity = true),
    ];

    /// <summary>Brings a fresh personality from the oldest version to its own.</summary>
    public static void Apply(Personality personality)
    {
        foreach (var (_, change) in s_changes.Where(c => First(c.From).CompareTo(personality.Version) <= 0))
        {
            change(personality);
        }
    }

    /// <summary>The first version of a line: 1.81 is 1.81.0 here.</summary>
    private static LiteLlmVersion First(string from) => LiteLlmVersion.Parse(from.Count(c => c == '.') == 1 ? from + ".0" : from);
}
