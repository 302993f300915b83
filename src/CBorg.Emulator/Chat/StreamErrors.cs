namespace CBorg.Emulator.Chat;

/// <summary>Errors that LiteLLM's router passes on, in its words.</summary>
internal static class LiteLlmError
{
    public static ProxyError Of(
        Personality personality,
        int status,
        string message,
        string model,
        string? param = null,
        string? oldType = null
    ) => new(status, personality.Errors.TypeFollowsStatus ? TypeOf(status) : oldType, message + Received(model), param);

    public static string Received(string model) => $". Received Model Group={model}\nAvailable Model Group Fallbacks=None";

    public static string ContextHint(string model) =>
        $"\nmodel={model}. context_window_fallbacks=None. fallbacks=None.\n\n" + SetFallback("context_window_fallback");

    public static string PolicyHint(string model) =>
        $"\nmodel={model}. content_policy_fallback=None. fallbacks=None.\n\n" + SetFallback("content_policy_fallback");

    private static string SetFallback(string name) => $"Set '{name}' - https://docs.litellm.ai/docs/routing#fallbacks";

    public static string TypeOf(int status) =>
        status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            429 => "throttling_error",
            >= 500 => "internal_server_error",
            _ => "invalid_request_error",
        };
}

/// <summary>Errors in mid-stream, in the words of each generation.</summary>
internal sealed class StreamErrors(Personality personality, Deployment deployment, string model)
{
    private const string Incomplete =
        "Response payload is not completed: <TransferEncodingError: 400, message='Not enough data to satisfy transfer length header.'>";

    private const string Fallback = "litellm.ServiceUnavailableError: litellm.MidStreamFallbackError: ";

    private readonly string _exception =
        deployment.OnPrem && personality.Errors.HostedErrorsKeepBody ? "Hosted_vllmException" : "OpenAIException";

    public ProxyError Broken() => Connection(Incomplete);

    public ProxyError Garbage() => Connection("Expecting property name enclosed in double quotes: line 1 column 2 (char 1)");

    public ProxyError FromProvider(JsonNode? error)
    {
        var message = error?["message"]?.ToString() ?? "Unknown error";
        if (!deployment.OnPrem || !personality.Errors.HostedErrorsKeepBody)
        {
            return Connection(message);
        }

        return personality.Streams.BreaksAreErrors
            ? new ProxyError(500, null, $"litellm.InternalServerError: InternalServerError: {_exception} - {message}", null)
            : Connection("'id'");
    }

    public ProxyError Stalled(double seconds)
    {
        if (!personality.Streams.SilenceIsTimeout)
        {
            return Connection("Timeout on reading data from socket");
        }

        var text =
            $"litellm.Timeout: APITimeoutError - Request timed out. Error_str: Request timed out. - timeout value={Json.Repr(seconds)}";
        return new ProxyError(408, null, text + LiteLlmError.Received(model), null);
    }

    private ProxyError Connection(string message)
    {
        var text = $"litellm.APIConnectionError: APIConnectionError: {_exception} - {message}";
        return personality.Streams.BreaksAreErrors
            ? new ProxyError(500, null, text, null)
            : new ProxyError(503, null, Fallback + text + LiteLlmError.Received(model), null);
    }
}
