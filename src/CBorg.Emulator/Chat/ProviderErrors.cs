using System.Text.Json;

namespace CBorg.Emulator.Chat;

/// <summary>What LiteLLM makes of a provider's failure.</summary>
internal sealed class ProviderErrors(
    Personality personality,
    Deployment deployment,
    string model,
    ProviderRoute route = ProviderRoute.Chat
)
{
    private const string Timeout = "litellm.Timeout: APITimeoutError - Request timed out. Error_str: ";

    private readonly string _exception = deployment.Provider switch
    {
        "openai" => "OpenAIException - ",
        "vertex_ai" => "VertexAIException - ",
        var other => $"{char.ToUpperInvariant(other[0])}{other[1..]}Exception - ",
    };

    public ProxyError Of(ProviderFailure failure)
    {
        var told = new ProviderText(personality, deployment, failure);
        var keepsBody = deployment.OnPrem && personality.Errors.HostedErrorsKeepBody;
        var (detail, body) = (route == ProviderRoute.Chat || keepsBody ? told.Detail : told.AsException, told.Json);
        return failure.Status switch
        {
            400 or 404 or 413 or 422 when route == ProviderRoute.Responses => Error(
                personality.Errors.ResponsesFailWith400 ? 400 : failure.Status,
                $"litellm.BadRequestError: {_exception}{failure.Text}"
            ),
            400 => BadRequest(detail, body),
            401 => Error(401, $"litellm.AuthenticationError: AuthenticationError: {_exception}{detail}"),
            403 => Error(403, $"{personality.Errors.Forbidden}{_exception}{detail}"),
            404 => Error(404, $"{personality.Errors.FailedLookup}{_exception}{detail}"),
            408 => Error(408, $"{Timeout}Error code: 408 - {told.PythonDetail}{DeploymentInfo()}"),
            413 when personality.Errors.TooLargeIsRateLimit => RateLimit(detail),
            422 => Unprocessable(failure, detail),
            429 => RateLimit(detail),
            500 => Error(500, $"litellm.InternalServerError: InternalServerError: {_exception}{detail}"),
            502 => Error(502, $"{personality.Errors.BadGateway}{_exception}{detail}"),
            503 => Error(503, $"litellm.ServiceUnavailableError: ServiceUnavailableError: {_exception}{detail}"),
            504 => Error(504, $"litellm.Timeout: Timeout Error: {_exception}{detail}{DeploymentInfo()}"),
            < 300 => Error(500, $"litellm.InternalServerError: InternalServerError: {_exception}{told.NotJson}"),
            < 500 => Error(failure.Status, $"litellm.BadRequestError: {_exception}{detail}"),
            _ => Error(failure.Status, $"litellm.APIError: APIError: {_exception}{detail}"),
        };
    }

    public ProxyError Unreachable() =>
        Error(500, $"litellm.InternalServerError: InternalServerError: {_exception}Connection error.");

    public ProxyError TimedOut(double seconds, bool stream)
    {
        var value = Json.Repr(seconds);
        var told =
            deployment.OnPrem && personality.Errors.HostedErrorsKeepBody
                ? $"litellm.Timeout: Timeout Error: {_exception}litellm.Timeout: Connection timed out. Timeout passed={value}, time taken={value} seconds"
                : $"{Timeout}Request timed out.{(stream ? "" : $" - timeout value={value}, time taken={value} seconds")}";
        return Error(408, told + DeploymentInfo());
    }

    public ProxyError BrokenFormat(string problem)
    {
        var message = $"litellm.APIConnectionError: APIConnectionError: {_exception}{problem}";
        return personality.Errors.NamesBrokenFormat
            ? new ProxyError(
                400,
                "invalid_request_error",
                $"Invalid request format: {message}{LiteLlmError.Received(model)}",
                null
            )
            : Error(500, message);
    }

    private ProxyError BadRequest(string detail, JsonObject? body)
    {
        if (detail.Contains("maximum context length", StringComparison.Ordinal))
        {
            const string Prefix = "litellm.ContextWindowExceededError: litellm.BadRequestError: ContextWindowExceededError: ";
            return Error(400, Prefix + _exception + detail + LiteLlmError.ContextHint(model));
        }

        if (personality.Errors.KnowsContentPolicy && detail.Contains("our safety system", StringComparison.Ordinal))
        {
            const string Prefix = "litellm.BadRequestError: litellm.ContentPolicyViolationError: ContentPolicyViolationError: ";
            return Error(400, Prefix + _exception + detail + LiteLlmError.PolicyHint(model));
        }

        var param = personality.Errors.TypeFollowsStatus && !deployment.OnPrem ? body?["error"]?["param"]?.ToString() : null;
        return LiteLlmError.Of(personality, 400, $"litellm.BadRequestError: {_exception}{detail}", model, param);
    }

    private ProxyError Unprocessable(ProviderFailure failure, string detail)
    {
        var error = LiteLlmError.Of(
            personality,
            personality.Errors.UnprocessableStatus,
            $"litellm.BadRequestError: {_exception}{detail}",
            model,
            oldType: "invalid_request_error"
        );
        return personality.Errors.UnprocessableHasProviderHeaders
            ? new ProxyError(error.Status, error.Type, error.Message, error.Param)
            {
                Headers =
                [
                    ("llm_provider-content-type", failure.ContentType),
                    ("llm_provider-content-length", failure.Text.Length.ToString(CultureInfo.InvariantCulture)),
                ],
            }
            : error;
    }

    private ProxyError RateLimit(string detail) =>
        LiteLlmError.Of(
            personality,
            429,
            $"litellm.RateLimitError: RateLimitError: {_exception}{detail}",
            model,
            oldType: "throttling_error"
        );

    private ProxyError Error(int status, string message) => LiteLlmError.Of(personality, status, message, model);

    private string DeploymentInfo() =>
        $"\n\nDeployment Info: request_timeout: None\ntimeout: {(deployment.Timeout is { } timeout ? Json.Repr(timeout) : "None")}";
}
