using CBorg.Core.Http;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

/// <summary>One row for each row of the protocol's tables of errors.</summary>
public sealed class FailureClassifierTests
{
    private const string Past = "x-litellm-call-id: 1";

    // Authentication and permission.
    [Theory]
    [InlineData("no key", 401, "auth_error", "Authentication Error, No api key passed in.", ErrorKind.KeyMissing)]
    [InlineData(
        "key without Bearer",
        401,
        "auth_error",
        "Authentication Error, Malformed API Key passed in. Ensure Key has `Bearer ` prefix.",
        ErrorKind.KeyMissing
    )]
    [InlineData(
        "key of another form",
        401,
        "auth_error",
        "Authentication Error, LiteLLM Virtual Key expected. Received=sk-..., expected to start with 'sk-'.",
        ErrorKind.KeyUnknown
    )]
    [InlineData(
        "unknown key",
        401,
        "token_not_found_in_db",
        "Authentication Error, Invalid proxy server token passed. Unable to find token in cache or `LiteLLM_VerificationTokenTable`",
        ErrorKind.KeyUnknown
    )]
    [InlineData(
        "expired key, old",
        400,
        "expired_key",
        "Authentication Error - Expired Key. Key Expiry time x",
        ErrorKind.KeyExpired
    )]
    [InlineData(
        "expired key, new",
        401,
        "expired_key",
        "Authentication Error - Expired Key. Key Expiry time x",
        ErrorKind.KeyExpired
    )]
    [InlineData(
        "blocked key",
        401,
        "auth_error",
        "Authentication Error, Key is blocked. Update via `/key/unblock` if you're admin.",
        ErrorKind.KeyBlocked
    )]
    [InlineData(
        "network address",
        403,
        "auth_error",
        "Access forbidden: IP address 1.2.3.4 not allowed.",
        ErrorKind.AddressNotAllowed
    )]
    [InlineData(
        "route",
        403,
        null,
        "Virtual key is not allowed to call this route. Only allowed to call routes: ['x']. Tried to call route: /x",
        ErrorKind.RouteNotAllowed
    )]
    [InlineData(
        "admins' route",
        401,
        "auth_error",
        "Authentication Error, Only proxy admin can be used to generate, delete, update info for new keys/users/teams. Route=/x",
        ErrorKind.RouteNotAllowed
    )]
    [InlineData(
        "somebody else's data",
        403,
        null,
        "key not allowed to access this user's info. user_id=a, key's user_id=b",
        ErrorKind.RouteNotAllowed
    )]
    [InlineData(
        "model, old",
        401,
        "key_model_access_denied",
        "key not allowed to access model. This key can only access models=['a']. Tried to access x",
        ErrorKind.ModelNotAllowed
    )]
    [InlineData(
        "model, team, new",
        403,
        "team_model_access_denied",
        "team not allowed to access model.",
        ErrorKind.ModelNotAllowed
    )]
    [InlineData("key database down, old", 400, "no_db_connection", "Authentication Error, x", ErrorKind.ProxyFault)]
    [InlineData(
        "key database down, new",
        503,
        "no_db_connection",
        "Service Unavailable, the authentication database is temporarily unreachable.",
        ErrorKind.ProxyFault
    )]
    [InlineData(
        "fault in the step of the key",
        401,
        "auth_error",
        "Authentication Error, Connection to prisma timed out",
        ErrorKind.ProxyFault
    )]
    [InlineData("another failure of the key", 401, "auth_error", "Authentication Error, whatever", ErrorKind.KeyUnknown)]
    public void Keys_and_permissions(string name, int status, string? type, string message, ErrorKind kind) =>
        Check(name, status, type, message, kind);

    // Model, budget, request.
    [Theory]
    [InlineData(
        "unknown model",
        400,
        "None",
        "{'error': '/chat/completions: Invalid model name passed in model=x. Call `/v1/models` to view available models for your key.'}",
        ErrorKind.ModelNotFound
    )]
    [InlineData(
        "no model given",
        400,
        "None",
        "{'error': '/chat/completions: Invalid model name passed in model=None. Call `/v1/models`'}",
        ErrorKind.BadRequest
    )]
    [InlineData(
        "key over budget, old",
        400,
        "budget_exceeded",
        "Budget has been exceeded! Current cost: 50.1, Max budget: 50.0",
        ErrorKind.Budget
    )]
    [InlineData(
        "key over budget, new",
        429,
        "budget_exceeded",
        "Budget has been exceeded! Current cost: 50.1, Max budget: 50.0",
        ErrorKind.Budget
    )]
    [InlineData(
        "user over budget without a type",
        400,
        "None",
        "Authentication Error, ExceededBudget: User=u over budget. Spend=50.1, Budget=50.0",
        ErrorKind.Budget
    )]
    [InlineData(
        "budget of a model, of the key",
        400,
        "budget_exceeded",
        "LiteLLM Virtual Key: h, key_alias: None, exceeded budget for model=gpt-4o",
        ErrorKind.Budget
    )]
    [InlineData(
        "budget of a model, old",
        400,
        null,
        "Authentication Error, ExceededModelBudget: Current spend for model: 2; Max Budget for Model: 1",
        ErrorKind.Budget
    )]
    [InlineData(
        "proxy's own budget for all deployments",
        429,
        null,
        "No deployments available - crossed budget: Exceeded budget for deployment model_name: x: 20.4 >= 1",
        ErrorKind.ProviderQuota
    )]
    [InlineData(
        "team over budget",
        400,
        null,
        "Budget has been exceeded! Team=t Current cost: 2, Max budget: 1",
        ErrorKind.Budget
    )]
    [InlineData("user over budget, hook, old", 429, "None", "Max budget limit reached.", ErrorKind.Budget)]
    [InlineData("user over budget, hook, new", 429, "throttling_error", "Max budget limit reached.", ErrorKind.Budget)]
    [InlineData(
        "context too long",
        400,
        null,
        "litellm.ContextWindowExceededError: litellm.BadRequestError: OpenAIException - This model's maximum context length is 8192 tokens.",
        ErrorKind.ContextWindow
    )]
    [InlineData(
        "content policy",
        400,
        null,
        "litellm.ContentPolicyViolationError: litellm.BadRequestError: AzureException - filtered",
        ErrorKind.ContentPolicy
    )]
    [InlineData(
        "parameter",
        400,
        "None",
        "litellm.UnsupportedParamsError: openai does not support parameters: ['x'], for model=o3.",
        ErrorKind.BadRequest
    )]
    [InlineData(
        "other bad request",
        400,
        "invalid_request_error",
        "litellm.BadRequestError: OpenAIException - no",
        ErrorKind.BadRequest
    )]
    [InlineData("unprocessable", 422, null, "litellm.UnprocessableEntityError: no", ErrorKind.BadRequest)]
    [InlineData("body not JSON", 400, "invalid_request_error", "Invalid JSON payload: x", ErrorKind.BadRequest)]
    [InlineData("body too large", 413, "bad_request_error", "Request size is too large", ErrorKind.RequestTooLarge)]
    [InlineData(
        "body too large for the provider, told as a limit",
        429,
        "throttling_error",
        "litellm.RateLimitError: RateLimitError: OpenAIException - Request too large..",
        ErrorKind.RequestTooLarge
    )]
    [InlineData("guardrail", 400, "None", "{'error': 'Violated guardrail policy'}", ErrorKind.BadRequest)]
    [InlineData(
        "proxy's own credentials",
        401,
        "None",
        "litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key provided",
        ErrorKind.ProviderRefused
    )]
    [InlineData(
        "proxy's own permission",
        403,
        null,
        "litellm.PermissionDeniedError: OpenAIException - no",
        ErrorKind.ProviderRefused
    )]
    [InlineData(
        "provider knows no such model",
        404,
        null,
        "litellm.NotFoundError: OpenAIException - no",
        ErrorKind.ProviderRefused
    )]
    [InlineData(
        "refusal under another name",
        403,
        null,
        "litellm.APIError: APIError: OpenAIException - Project does not have access to model.",
        ErrorKind.ProviderRefused
    )]
    [InlineData("unhandled", 500, "None", "This model isn't mapped yet. model=x", ErrorKind.ProxyFault)]
    [InlineData(
        "number 413 in an id",
        500,
        null,
        "litellm.InternalServerError: OpenAIException - request 4135 failed",
        ErrorKind.ProviderFault
    )]
    public void Models_budgets_and_requests(string name, int status, string? type, string message, ErrorKind kind) =>
        Check(name, status, type, message, kind, Past);

    // Limits.
    [Theory]
    [InlineData(
        "requests",
        "None",
        "Rate limit exceeded for api_key: h. Limit type: requests. Current limit: 20, Remaining: 0. Limit resets at: x",
        "rate_limit_type: requests",
        ErrorKind.RequestLimit
    )]
    [InlineData(
        "tokens",
        "throttling_error",
        "Rate limit exceeded for user: u. Limit type: tokens. Current limit: 20, Remaining: 0.",
        "rate_limit_type: tokens",
        ErrorKind.TokenLimit
    )]
    [InlineData(
        "parallel",
        "None",
        "Rate limit exceeded for api_key: h. Limit type: max_parallel_requests. Current limit: 5, Remaining: 0.",
        "rate_limit_type: max_parallel_requests",
        ErrorKind.ParallelLimit
    )]
    [InlineData(
        "1.77, told by the header alone",
        "None",
        "Rate limit exceeded for api_key: h. Remaining: -1",
        "rate_limit_type: max_parallel_requests",
        ErrorKind.ParallelLimit
    )]
    [InlineData(
        "told by the text alone",
        "None",
        "Rate limit exceeded for team: t. Limit type: tokens. Current limit: 9, Remaining: 0",
        Past,
        ErrorKind.TokenLimit
    )]
    [InlineData(
        "old limiter, parallel",
        null,
        "Max parallel request limit reached Crossed TPM / RPM / Max Parallel Request Limit. Hit limit for key.",
        Past,
        ErrorKind.ParallelLimit
    )]
    [InlineData(
        "old limiter, rate",
        null,
        "LiteLLM Rate Limit Handler for rate limit type = key. Crossed TPM / RPM / Max Parallel Request Limit. current rpm: 20, rpm limit: 20",
        Past,
        ErrorKind.RequestLimit
    )]
    [InlineData(
        "provider",
        "throttling_error",
        "litellm.RateLimitError: RateLimitError: OpenAIException - Please try again in 20s.",
        Past,
        ErrorKind.ProviderLimit
    )]
    [InlineData(
        "provider's quota",
        "throttling_error",
        "litellm.RateLimitError: RateLimitError: OpenAIException - You exceeded your current quota, please check your plan.",
        Past,
        ErrorKind.ProviderQuota
    )]
    [InlineData(
        "provider's passing quota",
        "throttling_error",
        "litellm.RateLimitError: GeminiException - You exceeded your current quota. Please retry in 31.5s.",
        Past,
        ErrorKind.ProviderLimit
    )]
    [InlineData(
        "all deployments rest",
        "None",
        "No deployments available for selected model, Try again in 5 seconds. Passed model=x.",
        Past,
        ErrorKind.Resting
    )]
    [InlineData(
        "all deployments rest, old text",
        null,
        "No healthy deployment available, passed model=x.",
        Past,
        ErrorKind.Resting
    )]
    [InlineData("newest, generic", "rate_limit_error", "Too many requests", Past, ErrorKind.ProviderLimit)]
    [InlineData("somebody's, before LiteLLM", null, "Too many requests", "server: nginx", ErrorKind.RequestLimit)]
    public void Limits(string name, string? type, string message, string header, ErrorKind kind) =>
        Check(name, 429, type, message, kind, header);

    // Timeouts and faults.
    [Theory]
    [InlineData("provider silent", 408, "litellm.Timeout: APITimeoutError - Request timed out.", ErrorKind.ProviderTimeout)]
    [InlineData(
        "provider unreachable",
        500,
        "litellm.InternalServerError: InternalServerError: OpenAIException - Connection error.",
        ErrorKind.ProviderFault
    )]
    [InlineData("connection to provider", 500, "litellm.APIConnectionError: x", ErrorKind.ProviderFault)]
    [InlineData("provider 502", 502, "litellm.BadGatewayError: BadGatewayError: x", ErrorKind.ProviderFault)]
    [InlineData("provider 503", 503, "litellm.ServiceUnavailableError: x", ErrorKind.ProviderFault)]
    [InlineData("stream fallback", 503, "litellm.MidStreamFallbackError: x", ErrorKind.ProviderFault)]
    [InlineData("overloaded", 529, "Overloaded", ErrorKind.ProviderFault)]
    [InlineData("unhandled", 500, "boom", ErrorKind.ProxyFault)]
    [InlineData(
        "fault of the proxy told as a bad request",
        400,
        "litellm.APIError: Invalid request format: 'str' object has no attribute 'get'",
        ErrorKind.BadRequest
    )]
    [InlineData("not mapped to anything", 418, "teapot", ErrorKind.Unexpected)]
    [InlineData("redirection", 307, "", ErrorKind.InvalidResponse)]
    [InlineData("no such route", 404, "Not Found", ErrorKind.NotFound)]
    [InlineData("no such method", 405, "Method Not Allowed", ErrorKind.NotFound)]
    public void Timeouts_and_faults(string name, int status, string message, ErrorKind kind) =>
        Check(name, status, null, message, kind, Past);

    // The edge.
    [Theory]
    [InlineData(
        "rate, JSON",
        429,
        """{"cloudflare_error":true,"error_code":1015,"status":429,"retryable":true}""",
        ErrorKind.EdgeLimit
    )]
    [InlineData("agent blocked, text", 403, "error code: 1010", ErrorKind.EdgeBlocked)]
    [InlineData(
        "firewall, page",
        403,
        "<html><title>Access denied | api.cborg.lbl.gov used Cloudflare</title>Error 1020</html>",
        ErrorKind.EdgeBlocked
    )]
    [InlineData("origin gone, text", 502, "error code: 502", ErrorKind.EdgeFault)]
    [InlineData(
        "origin silent, page",
        524,
        "<html><title>A timeout occurred | cloudflare</title>Error code 524</html>",
        ErrorKind.EdgeFault
    )]
    [InlineData(
        "origin gone, JSON",
        522,
        """{"cloudflare_error":true,"error_code":522,"status":522,"retryable":true}""",
        ErrorKind.EdgeFault
    )]
    [InlineData("tunnel gone", 530, "error code: 1033", ErrorKind.EdgeFault)]
    [InlineData(
        "no certificate",
        526,
        """{"cloudflare_error":true,"error_code":526,"status":526,"retryable":false}""",
        ErrorKind.TlsFailed
    )]
    [InlineData("edge itself", 500, """{"cloudflare_error":true,"error_code":500,"status":500}""", ErrorKind.EdgeFault)]
    [InlineData("empty 521", 521, "", ErrorKind.EdgeFault)]
    [InlineData(
        "page for a barred address",
        403,
        "<html><body>You are not on the list of networks that may use this service.</body></html>",
        ErrorKind.EdgeBlocked
    )]
    public void The_edge(string name, int status, string body, ErrorKind kind)
    {
        Assert.NotEmpty(name);
        Assert.Equal(kind, Kind(status, Given.Headers("cf-ray: 9", "server: cloudflare"), ErrorBody.Parse(body)));
    }

    [Fact]
    public void A_challenge_is_known_by_its_header() =>
        Assert.Equal(
            ErrorKind.EdgeBlocked,
            Kind(403, Given.Headers("cf-mitigated: challenge"), ErrorBody.Parse("<html>Just a moment...</html>"))
        );

    [Fact]
    public void The_proxys_own_errors_pass_the_edge_as_they_are() =>
        Assert.Equal(
            ErrorKind.KeyUnknown,
            Kind(
                401,
                Given.Headers("cf-ray: 9", "server: cloudflare"),
                Given.Body("Authentication Error", "token_not_found_in_db")
            )
        );

    [Fact]
    public void A_plain_text_500_of_the_proxy_is_the_proxys_fault() =>
        Assert.Equal(ErrorKind.ProxyFault, Kind(500, Given.Headers(), ErrorBody.Parse("Internal Server Error")));

    private static void Check(string name, int status, string? type, string message, ErrorKind kind, params string[] headers)
    {
        Assert.NotEmpty(name);
        Assert.Equal(
            kind,
            Kind(
                status,
                Given.Headers(headers),
                Given.Body(message, type, status.ToString(System.Globalization.CultureInfo.InvariantCulture))
            )
        );
    }

    private static ErrorKind Kind(int status, ReplyHeaders headers, ErrorBody body) =>
        FailureClassifier.Find(new FailedReply(status, headers, body)).Kind;
}
