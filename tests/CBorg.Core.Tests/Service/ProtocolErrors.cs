using System.Collections.Generic;
using static CBorg.Core.Tests.Service.ProtocolError;

namespace CBorg.Core.Tests.Service;

/// <summary>What LiteLLM itself says, of every generation.</summary>
internal static class ProtocolErrors
{
    private const string Unlimited =
        "Limit type: requests. Current limit: 20, Remaining: 0. Limit resets at: 2026-11-21 23:00:00 UTC";

    public static IReadOnlyList<ProtocolError> KeysAndPermissions { get; } =
    [
        new(
            "no key",
            401,
            Envelope("Authentication Error, No api key passed in.", "auth_error"),
            ErrorKind.KeyMissing,
            Fault.Key
        ),
        new(
            "no key, new type",
            401,
            Envelope("Authentication Error, No api key passed in.", "authentication_error"),
            ErrorKind.KeyMissing,
            Fault.Key
        ),
        new(
            "no Bearer",
            401,
            Envelope("Authentication Error, Malformed API Key passed in. Ensure Key has `Bearer ` prefix.", "auth_error"),
            ErrorKind.KeyMissing,
            Fault.Key
        ),
        new(
            "key of another form",
            401,
            Envelope(
                "Authentication Error, LiteLLM Virtual Key expected. Received=abc, expected to start with 'sk-'.",
                "auth_error"
            ),
            ErrorKind.KeyUnknown,
            Fault.Key
        ),
        new(
            "unknown key",
            401,
            Envelope(
                "Authentication Error, Invalid proxy server token passed. Unable to find token in cache",
                "token_not_found_in_db",
                "key"
            ),
            ErrorKind.KeyUnknown,
            Fault.Key
        ),
        new(
            "expired key, old",
            400,
            Envelope("Authentication Error - Expired Key. Key Expiry time x and current time y", "expired_key"),
            ErrorKind.KeyExpired,
            Fault.Key
        ),
        new(
            "expired key, new",
            401,
            Envelope("Authentication Error - Expired Key. Key Expiry time x and current time y", "expired_key"),
            ErrorKind.KeyExpired,
            Fault.Key
        ),
        new(
            "blocked key",
            401,
            Envelope("Authentication Error, Key is blocked. Update via `/key/unblock` if you're admin.", "auth_error"),
            ErrorKind.KeyBlocked,
            Fault.Key
        ),
        new(
            "address",
            403,
            Envelope("Access forbidden: IP address 1.2.3.4 not allowed.", "auth_error"),
            ErrorKind.AddressNotAllowed,
            Fault.Key
        ),
        new("route, 1.77", 500, "Internal Server Error", ErrorKind.ProxyFault, Fault.Proxy, true) { ContentType = "text/plain" },
        new(
            "route",
            403,
            """{"detail":"Virtual key is not allowed to call this route. Only allowed to call routes: ['x']. Tried to call route: /x"}""",
            ErrorKind.RouteNotAllowed,
            Fault.Key
        ),
        new(
            "admins' route",
            401,
            Envelope(
                "Authentication Error, Only proxy admin can be used to generate, delete, update info for new keys/users/teams. Route=/x",
                "auth_error"
            ),
            ErrorKind.RouteNotAllowed,
            Fault.Key
        ),
        new(
            "model, old",
            401,
            Envelope(
                "key not allowed to access model. This key can only access models=['a']. Tried to access x",
                "key_model_access_denied",
                "model"
            ),
            ErrorKind.ModelNotAllowed,
            Fault.Key
        ),
        new(
            "model, new",
            403,
            Envelope("key not allowed to access model.", "key_model_access_denied", "model"),
            ErrorKind.ModelNotAllowed,
            Fault.Key
        ),
        new(
            "model, of the team",
            403,
            Envelope("team not allowed to access model.", "team_model_access_denied", "model"),
            ErrorKind.ModelNotAllowed,
            Fault.Key
        ),
        new(
            "model, of the user",
            401,
            Envelope("user not allowed to access model.", "user_model_access_denied", "model"),
            ErrorKind.ModelNotAllowed,
            Fault.Key
        ),
        new(
            "model, of the organization",
            401,
            Envelope("org not allowed to access model.", "org_model_access_denied", "model"),
            ErrorKind.ModelNotAllowed,
            Fault.Key
        ),
        new(
            "model, of the project",
            403,
            Envelope("project not allowed to access model.", "project_model_access_denied", "model"),
            ErrorKind.ModelNotAllowed,
            Fault.Key
        ),
        new(
            "vector store",
            401,
            Envelope("key not allowed to access vector store.", "key_vector_store_access_denied"),
            ErrorKind.RouteNotAllowed,
            Fault.Key
        ),
        new(
            "member of a team",
            401,
            Envelope("Team member does not have permissions for endpoint: /key/generate.", "team_member_permission_error"),
            ErrorKind.RouteNotAllowed,
            Fault.Key
        ),
        new(
            "key database down, old",
            400,
            Envelope("Authentication Error, x", "no_db_connection"),
            ErrorKind.ProxyFault,
            Fault.Proxy,
            true
        ),
        new(
            "key database down, new",
            503,
            Envelope(
                "Service Unavailable, the authentication database is temporarily unreachable. Please retry shortly.",
                "no_db_connection"
            ),
            ErrorKind.ProxyFault,
            Fault.Proxy,
            true
        ),
        new(
            "fault in the step of the key",
            401,
            Envelope("Authentication Error, Connection to prisma timed out", "auth_error"),
            ErrorKind.ProxyFault,
            Fault.Proxy,
            true
        ),
        new(
            "another failure of the key",
            401,
            Envelope("Authentication Error, whatever", "auth_error"),
            ErrorKind.KeyUnknown,
            Fault.Key
        ),
    ];

    public static IReadOnlyList<ProtocolError> ModelsBudgetsRequests { get; } =
    [
        new(
            "unknown model",
            400,
            Envelope(
                "{'error': '/chat/completions: Invalid model name passed in model=x. Call `/v1/models` to view available models for your key.'}",
                "None"
            ),
            ErrorKind.ModelNotFound,
            Fault.Caller
        ),
        new(
            "key over budget, old",
            400,
            Envelope("Budget has been exceeded! Current cost: 50.1, Max budget: 50.0", "budget_exceeded"),
            ErrorKind.Budget,
            Fault.Budget
        ),
        new(
            "key over budget, new",
            429,
            Envelope("Budget has been exceeded! Key=x Current cost: 50.1, Max budget: 50.0", "budget_exceeded"),
            ErrorKind.Budget,
            Fault.Budget
        ),
        new(
            "user over budget",
            400,
            Envelope("ExceededBudget: User=u over budget. Spend=50.1, Budget=50.0", "budget_exceeded"),
            ErrorKind.Budget,
            Fault.Budget
        ),
        new(
            "team over budget",
            400,
            Envelope("Budget has been exceeded! Team=t Current cost: 2, Max budget: 1", "budget_exceeded"),
            ErrorKind.Budget,
            Fault.Budget
        ),
        new("user over budget, hook, old", 429, Envelope("Max budget limit reached.", "None"), ErrorKind.Budget, Fault.Budget),
        new(
            "user over budget, hook, new",
            429,
            Envelope("Max budget limit reached.", "throttling_error"),
            ErrorKind.Budget,
            Fault.Budget
        )
        {
            Headers = [Past, "x-should-retry: true"],
        },
        new(
            "context",
            400,
            Envelope(
                "litellm.ContextWindowExceededError: litellm.BadRequestError: OpenAIException - This model's maximum context length is 8192 tokens."
            ),
            ErrorKind.ContextWindow,
            Fault.Caller
        ),
        new(
            "content policy",
            400,
            Envelope("litellm.ContentPolicyViolationError: filtered"),
            ErrorKind.ContentPolicy,
            Fault.Caller
        ),
        new(
            "parameter",
            400,
            Envelope("litellm.UnsupportedParamsError: openai does not support parameters: ['x'], for model=o3.", "None"),
            ErrorKind.BadRequest,
            Fault.Caller
        ),
        new(
            "other bad request",
            400,
            Envelope("litellm.BadRequestError: OpenAIException - no", "invalid_request_error"),
            ErrorKind.BadRequest,
            Fault.Caller
        ),
        new(
            "missing member",
            422,
            """{"detail":[{"loc":["body","model"],"msg":"Field required","type":"missing"}]}""",
            ErrorKind.BadRequest,
            Fault.Caller
        ),
        new(
            "body not JSON",
            400,
            Envelope("Invalid JSON payload: x", "invalid_request_error", "request_body"),
            ErrorKind.BadRequest,
            Fault.Caller
        ),
        new(
            "body too large",
            400,
            Envelope(
                "Request size is too large. Request size is 60 MB. Max size is 50 MB",
                "bad_request_error",
                "content-length"
            ),
            ErrorKind.RequestTooLarge,
            Fault.Caller
        ),
        new(
            "guardrail",
            400,
            Envelope("{'error': 'Violated content safety policy'}", "None"),
            ErrorKind.BadRequest,
            Fault.Caller
        ),
        new(
            "proxy's own credentials, old",
            401,
            Envelope("litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key provided", "None"),
            ErrorKind.ProviderRefused,
            Fault.Provider
        )
        {
            Headers = [Past],
        },
        new(
            "proxy's own credentials, new",
            401,
            Envelope("litellm.AuthenticationError: no", "authentication_error"),
            ErrorKind.ProviderRefused,
            Fault.Provider
        )
        {
            Headers = [Past],
        },
        new(
            "proxy's own permission",
            403,
            Envelope("litellm.PermissionDeniedError: no"),
            ErrorKind.ProviderRefused,
            Fault.Provider
        )
        {
            Headers = [Past],
        },
        new("provider has no such model", 404, Envelope("litellm.NotFoundError: no"), ErrorKind.ProviderRefused, Fault.Provider)
        {
            Headers = [Past],
        },
        new(
            "body too large for the provider, told as a limit",
            429,
            Envelope("litellm.RateLimitError: RateLimitError: OpenAIException - Request too large..", "throttling_error"),
            ErrorKind.RequestTooLarge,
            Fault.Caller
        ),
    ];

    public static IReadOnlyList<ProtocolError> Limits { get; } =
    [
        Limiter("requests, 1.81", ErrorKind.RequestLimit, "requests", $"Rate limit exceeded for api_key: h. {Unlimited}", "None"),
        Limiter(
            "requests, new",
            ErrorKind.RequestLimit,
            "requests",
            $"Rate limit exceeded for user: u. {Unlimited}",
            "throttling_error"
        ),
        Limiter(
            "tokens",
            ErrorKind.TokenLimit,
            "tokens",
            "Rate limit exceeded for team: t. Limit type: tokens. Current limit: 20, Remaining: 3.",
            "None"
        ),
        Limiter(
            "parallel",
            ErrorKind.ParallelLimit,
            "max_parallel_requests",
            "Rate limit exceeded for api_key: h. Limit type: max_parallel_requests. Current limit: 5, Remaining: 0.",
            "None"
        ),
        Limiter(
            "parallel, 1.77, told by the header alone",
            ErrorKind.ParallelLimit,
            "max_parallel_requests",
            "Rate limit exceeded for api_key: h. Remaining: -1",
            "None"
        ),
        new(
            "old limiter, parallel",
            429,
            """{"detail":"Max parallel request limit reached Crossed TPM / RPM / Max Parallel Request Limit. Hit limit for key."}""",
            ErrorKind.ParallelLimit,
            Fault.Limit,
            true,
            37.123456
        )
        {
            Headers = ["retry-after: 37.123456"],
        },
        new(
            "old limiter, rate",
            429,
            """{"detail":"LiteLLM Rate Limit Handler for rate limit type = key. Crossed TPM / RPM / Max Parallel Request Limit. current rpm: 20, rpm limit: 20"}""",
            ErrorKind.RequestLimit,
            Fault.Limit,
            true,
            12.5
        )
        {
            Headers = ["retry-after: 12.5"],
        },
        new(
            "provider",
            429,
            Envelope(
                "litellm.RateLimitError: RateLimitError: OpenAIException - Rate limit reached. Please try again in 20s.",
                "throttling_error"
            ),
            ErrorKind.ProviderLimit,
            Fault.Provider,
            true,
            20
        )
        {
            Headers = [Past],
        },
        new(
            "provider, Gemini",
            429,
            Envelope(
                "litellm.RateLimitError: GeminiException - You exceeded your current quota. Please retry in 31.5s.",
                "throttling_error"
            ),
            ErrorKind.ProviderLimit,
            Fault.Provider,
            true,
            31.5
        )
        {
            Headers = [Past],
        },
        new(
            "provider, told by its header",
            429,
            Envelope("litellm.RateLimitError: slow"),
            ErrorKind.ProviderLimit,
            Fault.Provider,
            true,
            7
        )
        {
            Headers = [Past, "llm_provider-retry-after: 7"],
        },
        new(
            "provider's quota",
            429,
            Envelope(
                "litellm.RateLimitError: OpenAIException - You exceeded your current quota, please check your plan.",
                "throttling_error"
            ),
            ErrorKind.ProviderQuota,
            Fault.Provider
        )
        {
            Headers = [Past],
        },
        new(
            "all rest, old",
            429,
            Envelope(
                "No deployments available for selected model, Try again in 5 seconds. Passed model=x. pre-call-checks=False, cooldown_list=[]",
                "None"
            ),
            ErrorKind.Resting,
            Fault.Provider,
            true,
            5
        )
        {
            Headers = [Past],
        },
        new(
            "all rest, new",
            429,
            Envelope("No deployments available for selected model, Try again in 5 seconds.", "throttling_error"),
            ErrorKind.Resting,
            Fault.Provider,
            true,
            6
        )
        {
            Headers = [Past, "retry-after: 6"],
        },
        new(
            "generic, newest",
            429,
            Envelope("Too many requests", "rate_limit_error"),
            ErrorKind.ProviderLimit,
            Fault.Provider,
            true
        )
        {
            Headers = [Past],
        },
        new("somebody's on the way", 429, "slow down", ErrorKind.RequestLimit, Fault.Limit, true, 1.5)
        {
            ContentType = "text/plain",
            Headers = ["retry-after-ms: 1500"],
        },
    ];

    public static IReadOnlyList<ProtocolError> FaultsOfTheServer { get; } =
    [
        new(
            "provider silent",
            408,
            Envelope("litellm.Timeout: APITimeoutError - Request timed out."),
            ErrorKind.ProviderTimeout,
            Fault.Provider,
            true
        )
        {
            Headers = [Past],
        },
        new(
            "provider unreachable",
            500,
            Envelope("litellm.APIConnectionError: OpenAIException - Connection error."),
            ErrorKind.ProviderFault,
            Fault.Provider,
            true
        )
        {
            Headers = [Past],
        },
        new("provider 500", 500, Envelope("litellm.InternalServerError: x"), ErrorKind.ProviderFault, Fault.Provider, true)
        {
            Headers = [Past],
        },
        new("provider 502", 502, Envelope("litellm.BadGatewayError: x"), ErrorKind.ProviderFault, Fault.Provider, true)
        {
            Headers = [Past],
        },
        new("provider 503", 503, Envelope("litellm.ServiceUnavailableError: x"), ErrorKind.ProviderFault, Fault.Provider, true)
        {
            Headers = [Past],
        },
        new("stream fallback", 503, Envelope("litellm.MidStreamFallbackError: x"), ErrorKind.ProviderFault, Fault.Provider, true)
        {
            Headers = [Past],
        },
        new("overloaded", 529, "", ErrorKind.ProviderFault, Fault.Provider, true),
        new(
            "overloaded, as a byte string",
            500,
            Envelope("""litellm.InternalServerError: b'{"type":"error","error":{"type":"overloaded_error"}}'"""),
            ErrorKind.ProviderFault,
            Fault.Provider,
            true
        )
        {
            Headers = [Past],
        },
        new("unhandled, text", 500, "Internal Server Error", ErrorKind.ProxyFault, Fault.Proxy, true)
        {
            ContentType = "text/plain",
        },
        new("unhandled, envelope", 500, Envelope("boom", "internal_server_error"), ErrorKind.ProxyFault, Fault.Proxy, true)
        {
            Headers = [Past],
        },
        new(
            "not worth another try",
            500,
            Envelope("This model isn't mapped yet. model=x", "None"),
            ErrorKind.ProxyFault,
            Fault.Proxy
        )
        {
            Headers = [Past],
        },
        new(
            "tag routing",
            401,
            Envelope("No deployments with tag routing available", "None"),
            ErrorKind.ModelNotAllowed,
            Fault.Key
        )
        {
            Headers = [Past],
        },
        new(
            "fault told as a bad request",
            400,
            Envelope("Invalid request format: 'str' object has no attribute 'get'"),
            ErrorKind.BadRequest,
            Fault.Caller
        )
        {
            Headers = [Past],
        },
        new(
            "local proxy, page",
            502,
            "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
            ErrorKind.ProxyFault,
            Fault.Proxy,
            true
        )
        {
            ContentType = "text/html",
        },
        new("maintenance, told when", 503, "", ErrorKind.ProxyFault, Fault.Proxy, true, 30)
        {
            Headers = ["date: Sun, 22 Nov 2026 10:00:00 GMT", "retry-after: Sun, 22 Nov 2026 10:00:30 GMT"],
        },
        new(
            "before the first chunk, 1.77",
            503,
            $"data: {Envelope("litellm.ServiceUnavailableError: x")}\n\n",
            ErrorKind.ProviderFault,
            Fault.Provider,
            true
        )
        {
            ContentType = "text/event-stream",
            Headers = [Past],
        },
        new(
            "before the first chunk, fallback",
            500,
            "data: {\"error\": {\"message\": \"Error processing stream start\", \"code\": 500}}\n\ndata: [DONE]\n\n",
            ErrorKind.ProxyFault,
            Fault.Proxy,
            true
        )
        {
            ContentType = "text/event-stream",
        },
        new("no such route", 404, """{"detail":"Not Found"}""", ErrorKind.NotFound, Fault.Caller),
        new("no such method", 405, """{"detail":"Method Not Allowed"}""", ErrorKind.NotFound, Fault.Caller),
        new("redirection", 307, "", ErrorKind.InvalidResponse, Fault.Proxy) { Headers = ["location: http://127.0.0.1:9/x"] },
    ];

    private static ProtocolError Limiter(string name, ErrorKind kind, string limit, string message, string type) =>
        new(name, 429, Envelope(message, type), kind, Fault.Limit, true, 60)
        {
            Headers = [Past, "retry-after: 60", $"rate_limit_type: {limit}", "reset_at: 2026-11-21 23:00:00 UTC"],
        };
}
