using System;
using CBorg.Core.Http;

namespace CBorg.Core.Resilience;

/// <summary>
/// Tells what a failed reply means. Status codes lie (a budget is 400 or 429, a 401 may be the provider's trouble, a 413 comes as 429), so the words decide first,
/// then the headers, then the status. The order of the questions is the order of their certainty; docs/errors.md lists the cases.
/// </summary>
internal static class FailureClassifier
{
    public static ErrorKind Classify(int status, ReplyHeaders headers, ErrorBody body) =>
        OfEdge(status, headers, body)
        ?? OfBudget(body)
        ?? OfKey(body)
        ?? OfLimiter(status, headers, body)
        ?? OfProvider(status, body)
        ?? OfRequest(body)
        ?? OfStatus(status, headers, body);

    private static ErrorKind? OfEdge(int status, ReplyHeaders headers, ErrorBody body)
    {
        if (headers["cf-mitigated"] == "challenge")
        {
            return ErrorKind.EdgeBlocked;
        }

        if (body.EdgeCode is not { } code)
        {
            bool pageInsteadOfApi = body.IsText && headers.CfRay is not null && !headers.PastAuth;
            return pageInsteadOfApi && status is 403 or 503 && body.Message.Length > 40 ? ErrorKind.EdgeBlocked : null;
        }

        return code switch
        {
            1015 or 1025 or 1027 or 1200 => ErrorKind.EdgeLimit,
            525 or 526 => ErrorKind.TlsFailed,
            >= 500 and < 600 => ErrorKind.EdgeFault,
            >= 1000 when status >= 500 => ErrorKind.EdgeFault,
            >= 1000 => ErrorKind.EdgeBlocked,
            _ => status switch { 429 => ErrorKind.EdgeLimit, 525 or 526 => ErrorKind.TlsFailed, >= 500 => ErrorKind.EdgeFault, _ => ErrorKind.EdgeBlocked },
        };
    }

    private static ErrorKind? OfBudget(ErrorBody body) =>
        body.Type == "budget_exceeded" || body.Says("Budget has been exceeded") || body.Says("ExceededBudget") || body.Says("Max budget limit reached")
            ? ErrorKind.Budget
            : null;

    private static ErrorKind? OfKey(ErrorBody body) => body.Type switch
    {
        "expired_key" => ErrorKind.KeyExpired,
        "token_not_found_in_db" => ErrorKind.KeyUnknown,
        "no_db_connection" => ErrorKind.ProxyFault,
        { } type when type.EndsWith("_model_access_denied", StringComparison.Ordinal) => ErrorKind.ModelNotAllowed,
        _ when body.Says("No api key passed in") || body.Says("Malformed API Key") => ErrorKind.KeyMissing,
        _ when body.Says("Virtual Key expected") => ErrorKind.KeyUnknown,
        _ when body.Says("Key is blocked") => ErrorKind.KeyBlocked,
        _ when body.Says("Access forbidden: IP address") => ErrorKind.AddressNotAllowed,
        _ when body.Says("Only proxy admin") || body.Says("Only admin users can") || body.Says("not allowed to call this route") || body.Says("key not allowed to access this") => ErrorKind.RouteNotAllowed,
        _ => null,
    };

    private static ErrorKind? OfLimiter(int status, ReplyHeaders headers, ErrorBody body) => headers["rate_limit_type"] switch
    {
        "requests" => ErrorKind.RequestLimit,
        "tokens" => ErrorKind.TokenLimit,
        "max_parallel_requests" => ErrorKind.ParallelLimit,
        _ when body.Says("Limit type: max_parallel_requests") || body.Says("Max parallel request limit") => ErrorKind.ParallelLimit,
        _ when body.Says("Limit type: tokens") || body.Says("current tpm:") => ErrorKind.TokenLimit,
        _ when body.Says("Limit type: requests") || body.Says("Rate limit exceeded for ") || body.Says("Crossed TPM / RPM") => ErrorKind.RequestLimit,
        _ when status == 429 && (body.Says("No deployments available") || body.Says("No healthy deployment")) => ErrorKind.Resting,
        _ => null,
    };

    /// <summary>Errors that LiteLLM passes on carry its exception's name; the innermost one tells most.</summary>
    private static ErrorKind? OfProvider(int status, ErrorBody body)
    {
        if (body.Says("Could not calculate cost for model"))
        {
            return ErrorKind.ModelNotFound;
        }

        if (body.Says("ContextWindowExceededError") || IsContextWindow(body))
        {
            return ErrorKind.ContextWindow;
        }

        if (body.Says("ContentPolicyViolationError") || body.Says("rejected as a result of our safety system"))
        {
            return ErrorKind.ContentPolicy;
        }

        if (body.Says("credit balance is too low") || body.Says("insufficient_quota") || (body.Says("exceeded your current quota") && !body.Says("retry in")))
        {
            return ErrorKind.ProviderQuota;
        }

        if (!body.Says("litellm.") && !body.Says("Exception - ") && !body.Message.StartsWith("b'", StringComparison.Ordinal))
        {
            return null;
        }

        if (status == 413 || body.Says("Request too large") || body.Says("Error code: 413"))
        {
            return ErrorKind.RequestTooLarge;
        }

        // Whatever the exception is called, with these statuses the provider does not let the proxy in or does not know what it asks for.
        string[] refusals = ["AuthenticationError", "PermissionDeniedError", "NotFoundError", "API key not valid", "invalid x-api-key"];
        if (status is 401 or 403 or 404 || Array.Exists(refusals, body.Says))
        {
            return ErrorKind.ProviderRefused;
        }

        if (body.Says("RateLimitError") || body.Says("RESOURCE_EXHAUSTED"))
        {
            return ErrorKind.ProviderLimit;
        }

        if (body.Says("Invalid request format") || body.Says("'str' object has no attribute"))
        {
            return ErrorKind.BadRequest;
        }

        if (body.Says("litellm.Timeout") || body.Says("APITimeoutError"))
        {
            return ErrorKind.ProviderTimeout;
        }

        string[] faults = ["InternalServerError", "ServiceUnavailableError", "BadGatewayError", "APIConnectionError", "litellm.APIError", "MidStreamFallbackError", "UNAVAILABLE"];
        if (Array.Exists(faults, body.Says))
        {
            return ErrorKind.ProviderFault;
        }

        return body.Says("UnsupportedParamsError") || body.Says("BadRequestError") || body.Says("UnprocessableEntityError") ? ErrorKind.BadRequest : null;
    }

    private static bool IsContextWindow(ErrorBody body) =>
        body.Code == "context_length_exceeded" || body.Says("maximum context length") || body.Says("prompt is too long") || body.Says("Context Window exceeded");

    private static ErrorKind? OfRequest(ErrorBody body)
    {
        if (body.Says("Invalid model name passed in model=None") || body.Says("Missing required parameter") || body.Says("required positional argument"))
        {
            return ErrorKind.BadRequest;
        }

        return body.Says("Invalid model name passed") || body.Says("does not exist or is not accessible") || (body.Says("Model id = ") && body.Says("not found"))
            ? ErrorKind.ModelNotFound
            : null;
    }

    private static ErrorKind OfStatus(int status, ReplyHeaders headers, ErrorBody body) => status switch
    {
        >= 300 and < 400 => ErrorKind.InvalidResponse,
        400 or 422 or 409 => ErrorKind.BadRequest,
        401 => LooksLikeTrouble(body) ? ErrorKind.ProxyFault : headers.PastAuth ? ErrorKind.ProviderRefused : ErrorKind.KeyUnknown,
        403 => headers.PastAuth ? ErrorKind.ProviderRefused : ErrorKind.RouteNotAllowed,
        404 or 405 => ErrorKind.NotFound,
        408 => ErrorKind.ProviderTimeout,
        413 => ErrorKind.RequestTooLarge,
        429 => headers.PastAuth ? ErrorKind.ProviderLimit : ErrorKind.RequestLimit,
        525 or 526 => ErrorKind.TlsFailed,
        520 or 521 or 522 or 523 or 524 or 530 => ErrorKind.EdgeFault,
        504 => ErrorKind.ProviderTimeout,
        529 => ErrorKind.ProviderFault,
        >= 500 => ErrorKind.ProxyFault,
        _ => ErrorKind.Unexpected,
    };

    /// <summary>A fault of the server in the step that checks keys also comes as 401, with a Python exception for a text.</summary>
    private static bool LooksLikeTrouble(ErrorBody body) =>
        body.Says("Traceback") || body.Says("timed out") || body.Says("timeout") || body.Says("onnection") || body.Says("database") || body.Says("prisma");

    private static bool Says(this ErrorBody body, string words) => body.Message.IndexOf(words, StringComparison.Ordinal) >= 0;
}
