using System.Collections.Generic;
using static CBorg.Core.Tests.Faults.Right;

namespace CBorg.Core.Tests.Faults;

/// <summary>What LiteLLM and the framework below it say. The words count, then the type, and the status last.</summary>
internal static class ProxyFaults
{
    public static IReadOnlyList<FaultRow> Rows { get; } =
    [
        new("status:400:message=litellm.BadRequestError%3A OpenAIException - no", Fails(ErrorKind.BadRequest)),
        new(
            "status:400:message=litellm.UnsupportedParamsError%3A openai does not support parameters",
            Fails(ErrorKind.BadRequest)
        ),
        new(
            "status:400:message=litellm.ContextWindowExceededError%3A OpenAIException - maximum context length",
            Fails(ErrorKind.ContextWindow)
        ),
        new("status:400:message=litellm.ContentPolicyViolationError%3A OpenAIException - no", Fails(ErrorKind.ContentPolicy)),
        new(
            "status:400:message={'error'%3A '/chat/completions%3A Invalid model name passed in model%3Dx'}",
            Fails(ErrorKind.ModelNotFound)
        ),
        new("status:400:type=expired_key:message=Authentication Error - Expired Key.", Fails(ErrorKind.KeyExpired)),
        new("status:400:type=no_db_connection:message=DB not connected", Again(ErrorKind.ProxyFault)),
        new(
            "status:401:type=token_not_found_in_db:message=Authentication Error, Invalid proxy server token passed",
            Fails(ErrorKind.KeyUnknown)
        ),
        new("status:401:type=auth_error:message=Authentication Error, Key is blocked.", Fails(ErrorKind.KeyBlocked)),
        new("status:401:type=key_model_access_denied:message=key not allowed to access model.", Fails(ErrorKind.ModelNotAllowed)),
        new("status:401:message=litellm.AuthenticationError%3A OpenAIException - bad key", Fails(ErrorKind.ProviderRefused)),
        new(
            "status:403:type=auth_error:message=Access forbidden%3A IP address 10.0.0.1 not allowed.",
            Fails(ErrorKind.AddressNotAllowed)
        ),
        new("status:403:body=fastapi:message=Virtual key is not allowed to call this route.", Fails(ErrorKind.RouteNotAllowed))
        {
            Spend = Answer,
        },
        new("status:404:message=litellm.NotFoundError%3A OpenAIException - no such model", Fails(ErrorKind.ProviderRefused)),
        new("status:404:body=fastapi", Fails(ErrorKind.NotFound)) { Spend = Answer },
        new("status:405:body=fastapi:message=Method Not Allowed", Fails(ErrorKind.NotFound)) { Spend = Answer },
        new("status:408:body=fastapi", Again(ErrorKind.ProviderTimeout)),
        new("status:408:message=litellm.Timeout%3A APITimeoutError - Request timed out.", Again(ErrorKind.ProviderTimeout)),
        new("status:413:body=nginx-html", Fails(ErrorKind.RequestTooLarge)),
        new("status:422:body=fastapi:message=Field required", Fails(ErrorKind.BadRequest)),
        new("status:500", Again(ErrorKind.ProviderFault)),
        new("status:500:message=litellm.APIConnectionError%3A OpenAIException - refused", Again(ErrorKind.ProviderFault)),
        new("status:500:message=This model isn't mapped yet. model%3Dx", Fails(ErrorKind.ProxyFault)),
        new("status:500:body=plain", Again(ErrorKind.ProxyFault)),
        new("status:500:body=empty", Again(ErrorKind.ProxyFault)),
        new("status:502", Again(ErrorKind.ProviderFault)),
        new("status:503", Again(ErrorKind.ProviderFault)),
        new("status:503:retry-after=2", Again(ErrorKind.ProviderFault)),
        new("status:503:retry-after=2.5", Again(ErrorKind.ProviderFault)),
        new("status:503:retry-after-ms=1500", Again(ErrorKind.ProviderFault)),
        new("status:503:llm_provider-retry-after=2", Again(ErrorKind.ProviderFault)),
        new("status:503:retry-after-text=2", Again(ErrorKind.ProviderFault)),
        new("status:503:retry-after=9999", Fails(ErrorKind.ProviderFault)),
        new("status:503:header.x-should-retry=false", Fails(ErrorKind.ProviderFault)),
        new("status:529:message=litellm.InternalServerError%3A AnthropicException - Overloaded", Again(ErrorKind.ProviderFault)),
    ];
}
