using System;
using System.Collections.Generic;
using static CBorg.Core.Resilience.FailureRule;

namespace CBorg.Core.Resilience;

/// <summary>
/// The signs of each kind of failure. The first that applies decides, so their order is the order of their certainty.
/// </summary>
internal static class FailureRules
{
    /// <summary>Cloudflare speaks instead of the proxy.</summary>
    public static IReadOnlyList<FailureRule> Edge { get; } =
    [
        new(ErrorKind.EdgeBlocked, reply => reply.Headers["cf-mitigated"] == "challenge"),
        new(ErrorKind.EdgeBlocked, reply => reply.Edge is null && reply.IsPage && reply.Status is 403 or 503),
        new(ErrorKind.EdgeLimit, reply => reply.Edge is 1015 or 1025 or 1027 or 1200 || (reply.Edge == 0 && reply.Status == 429)),
        new(ErrorKind.TlsFailed, reply => reply.Edge is 525 or 526 || (reply.Edge == 0 && reply.Status is 525 or 526)),
        new(ErrorKind.EdgeFault, reply => reply.Edge is >= 500 and < 600 || (reply.Edge is not null && reply.Status >= 500)),
        new(ErrorKind.EdgeBlocked, reply => reply.Edge is not null),
    ];

    public static IReadOnlyList<FailureRule> Budget { get; } =
    [
        // LiteLLM's model_max_budget: the key's, the user's or the end user's for this model alone; other models go on.
        Words(ErrorKind.Budget, "exceeded budget for model=", "ExceededModelBudget") with
        {
            Stops = FailureScope.Model,
        },
        Type(ErrorKind.Budget, "budget_exceeded"),
        Words(ErrorKind.Budget, "Budget has been exceeded", "ExceededBudget", "Max budget limit reached"),
    ];

    /// <summary>The step that checks keys.</summary>
    public static IReadOnlyList<FailureRule> Key { get; } =
    [
        Type(ErrorKind.KeyExpired, "expired_key"),
        Type(ErrorKind.KeyUnknown, "token_not_found_in_db"),
        Type(ErrorKind.ProxyFault, "no_db_connection"),
        Type(ErrorKind.RouteNotAllowed, "team_member_permission_error"),
        new(ErrorKind.ModelNotAllowed, reply => reply.IsTypeOf("_model_access_denied")),
        new(ErrorKind.RouteNotAllowed, reply => reply.IsTypeOf("_vector_store_access_denied")),
        Words(ErrorKind.KeyMissing, "No api key passed in", "Malformed API Key"),
        Words(ErrorKind.KeyUnknown, "Virtual Key expected"),
        Words(ErrorKind.KeyBlocked, "Key is blocked"),
        Words(ErrorKind.AddressNotAllowed, "Access forbidden: IP address"),
        Words(
            ErrorKind.RouteNotAllowed,
            "Only proxy admin",
            "Only admin users can",
            "not allowed to call this route",
            "key not allowed to access this"
        ),
    ];

    /// <summary>The proxy's own limiter, and its router when all deployments rest.</summary>
    public static IReadOnlyList<FailureRule> Limiter { get; } =
    [
        new(ErrorKind.RequestLimit, reply => reply.Limits("requests")),
        new(ErrorKind.TokenLimit, reply => reply.Limits("tokens")),
        new(ErrorKind.ParallelLimit, reply => reply.Limits("max_parallel_requests")),
        Words(ErrorKind.ParallelLimit, "Limit type: max_parallel_requests", "Max parallel request limit"),
        Words(ErrorKind.TokenLimit, "Limit type: tokens", "current tpm:"),
        Words(ErrorKind.RequestLimit, "Limit type: requests", "Rate limit exceeded for ", "Crossed TPM / RPM"),
        Words(ErrorKind.ModelNotAllowed, "No deployments with tag routing"),
        Words(ErrorKind.ProviderQuota, "No deployments available - crossed budget"),
        new(ErrorKind.Resting, reply => reply.Status == 429 && reply.Says("No deployments available", "No healthy deployment")),
    ];

    /// <summary>What LiteLLM passes on from a provider carries its exception's name; the innermost one tells most.</summary>
    public static IReadOnlyList<FailureRule> Provider { get; } =
    [
        Words(ErrorKind.ModelNotFound, "Could not calculate cost for model"),
        Words(
            ErrorKind.ContextWindow,
            "ContextWindowExceededError",
            "maximum context length",
            "prompt is too long",
            "Context Window exceeded"
        ),
        new(ErrorKind.ContextWindow, reply => reply.Body.Code == "context_length_exceeded"),
        Words(ErrorKind.ContentPolicy, "ContentPolicyViolationError", "rejected as a result of our safety system"),
        Words(ErrorKind.ProviderQuota, "credit balance is too low", "insufficient_quota"),
        new(ErrorKind.ProviderQuota, reply => reply.Says("exceeded your current quota") && !reply.Says("retry in")),
        new(ErrorKind.RequestTooLarge, reply => reply.IsProviders && reply.Status == 413),
        FailureRule.Provider(ErrorKind.RequestTooLarge, "Request too large", "Error code: 413"),
        // Whatever the exception is called, with these statuses the provider does not let the proxy in or does not know what it
        // asks for.
        new(ErrorKind.ProviderRefused, reply => reply.IsProviders && reply.Status is 401 or 403 or 404),
        FailureRule.Provider(
            ErrorKind.ProviderRefused,
            "AuthenticationError",
            "PermissionDeniedError",
            "NotFoundError",
            "API key not valid",
            "invalid x-api-key"
        ),
        FailureRule.Provider(ErrorKind.ProviderLimit, "RateLimitError", "RESOURCE_EXHAUSTED"),
        FailureRule.Provider(ErrorKind.BadRequest, "Invalid request format", "'str' object has no attribute"),
        FailureRule.Provider(ErrorKind.ProviderTimeout, "litellm.Timeout", "APITimeoutError"),
        FailureRule.Provider(
            ErrorKind.ProviderFault,
            "InternalServerError",
            "ServiceUnavailableError",
            "BadGatewayError",
            "APIConnectionError",
            "litellm.APIError",
            "MidStreamFallbackError",
            "UNAVAILABLE"
        ),
        FailureRule.Provider(ErrorKind.BadRequest, "UnsupportedParamsError", "BadRequestError", "UnprocessableEntityError"),
    ];

    public static IReadOnlyList<FailureRule> Request { get; } =
    [
        new(ErrorKind.RequestTooLarge, reply => reply.Body.Param == "content-length"),
        Words(
            ErrorKind.BadRequest,
            "Invalid model name passed in model=None",
            "Missing required parameter",
            "required positional argument"
        ),
        Words(ErrorKind.ModelNotFound, "Invalid model name passed", "does not exist or is not accessible"),
        new(ErrorKind.ModelNotFound, reply => reply.Says("Model id = ") && reply.Says("not found")),
    ];

    public static IReadOnlyList<FailureRule> Status { get; } =
    [
        FailureRule.Status(ErrorKind.InvalidResponse, 300, 399),
        new(ErrorKind.BadRequest, reply => reply.Status is 400 or 409 or 422),
        // A fault of the server in the step that checks keys also comes as 401, with a Python exception for a text.
        new(
            ErrorKind.ProxyFault,
            reply => reply.Status == 401 && reply.Says("Traceback", "timed out", "timeout", "onnection", "database", "prisma")
        ),
        new(ErrorKind.ProviderRefused, reply => reply.Status is 401 or 403 && reply.Headers.PastAuth),
        FailureRule.Status(ErrorKind.KeyUnknown, 401),
        FailureRule.Status(ErrorKind.RouteNotAllowed, 403),
        FailureRule.Status(ErrorKind.NotFound, 404, 405),
        FailureRule.Status(ErrorKind.ProviderTimeout, 408),
        FailureRule.Status(ErrorKind.RequestTooLarge, 413),
        new(ErrorKind.ProviderLimit, reply => reply.Status == 429 && reply.Headers.PastAuth),
        FailureRule.Status(ErrorKind.RequestLimit, 429),
        FailureRule.Status(ErrorKind.TlsFailed, 525, 526),
        new(ErrorKind.EdgeFault, reply => reply.Status is (>= 520 and <= 524) or 527 or 530),
        FailureRule.Status(ErrorKind.ProviderTimeout, 504),
        FailureRule.Status(ErrorKind.ProviderFault, 529),
        FailureRule.Status(ErrorKind.ProxyFault, 500, 599),
    ];
}

/// <summary>A sign by which a kind of failure is known.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Applies">Whether a reply shows it.</param>
internal sealed record FailureRule(ErrorKind Kind, Func<FailedReply, bool> Applies)
{
    /// <summary>What the failure stops, where the sign tells more than the kind. Null: what the kind stops.</summary>
    public FailureScope? Stops { get; init; }

    /// <summary>Any of these words in the server's message.</summary>
    public static FailureRule Words(ErrorKind kind, params string[] words) => new(kind, reply => reply.Says(words));

    /// <summary>The server's own <c>error.type</c>.</summary>
    public static FailureRule Type(ErrorKind kind, string type) => new(kind, reply => reply.IsType(type));

    /// <summary>Any of these words in a message that LiteLLM passes on from a provider.</summary>
    public static FailureRule Provider(ErrorKind kind, params string[] words) =>
        new(kind, reply => reply.IsProviders && reply.Says(words));

    /// <summary>Nothing but the status is left to go by.</summary>
    public static FailureRule Status(ErrorKind kind, int from, int? to = null) =>
        new(kind, reply => reply.Status >= from && reply.Status <= (to ?? from));
}
