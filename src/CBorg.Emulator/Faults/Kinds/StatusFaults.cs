namespace CBorg.Emulator.Faults.Kinds;

/// <summary>Any status with any body.</summary>
internal sealed class StatusFault : Fault
{
    private readonly FaultArguments _arguments;
    private readonly string _template;
    private readonly ErrorFacts _facts;
    private readonly RetryHints _hints;

    public StatusFault(FaultArguments arguments)
    {
        var status = arguments.Whole("status", 500);
        if (status is < 200 or > 599)
        {
            throw new FaultScriptError($"'status' needs a status from 200 to 599, not {status}.");
        }

        _arguments = arguments;
        _template = arguments.OneOf("body", "litellm", FaultBodies.Templates);
        _hints = new RetryHints(arguments);
        var message = arguments.Text("message") ?? (_template == "litellm" ? $"litellm.APIError: {Words(status)}" : null);
        var facts = new ErrorFacts(
            status,
            _hints.InText is { } seconds ? $"{message} Try again in {seconds} seconds.".TrimStart() : message,
            arguments.Text("type")
        )
        {
            EdgeCode = arguments.Whole("code", status),
            RetryAfter = int.TryParse(
                arguments.Text("retry-after"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var wait
            )
                ? wait
                : null,
        };
        _facts = arguments.Has("retryable")
            ? facts with
            {
                IsRetryable = arguments.OneOf("retryable", "true", "true", "false", "") != "false",
            }
            : facts;
    }

    public override async Task<bool> BeforeAsync(FaultCall call)
    {
        var reply = FaultBodies.Make(_template, _facts, call.Http);
        _hints.Apply(call.Http.Response);
        foreach (var (name, value) in _arguments.Headers)
        {
            call.Http.Response.Headers[name] = value;
        }

        await reply.WriteAsync(call.Http.Response, _facts.Status);
        return true;
    }

    private static string Words(int status) =>
        status switch
        {
            408 => "Timeout - Request timed out.",
            429 => "RateLimitError - Too many requests.",
            502 => "BadGatewayError - Bad gateway.",
            503 => "ServiceUnavailableError - The provider is not available.",
            529 => "Overloaded",
            >= 500 => "InternalServerError - The provider failed.",
            _ => "BadRequestError - The provider refused the request.",
        };
}

/// <summary>Every kind of 429 that a client of the proxy can meet, with the waits that each usually tells or those asked
/// for.</summary>
internal sealed class LimitFault : Fault
{
    public static readonly string[] Kinds =
    [
        "requests",
        "tokens",
        "max_parallel_requests",
        "provider",
        "quota",
        "cooldown",
        "budget",
        "free-budget",
        "cloudflare",
        "old",
    ];

    private readonly FaultArguments _arguments;
    private readonly string _kind;
    private readonly string _edgeBody;
    private readonly int _status;
    private readonly RetryHints _hints;

    public LimitFault(FaultArguments arguments)
    {
        _arguments = arguments;
        _kind = arguments.OneOf("kind", "requests", Kinds);
        _edgeBody = arguments.OneOf("body", "by-accept", ["by-accept", .. FaultBodies.Templates]);
        _status = arguments.Whole("status", 429);
        _hints = new RetryHints(arguments);
    }

    public override async Task<bool> BeforeAsync(FaultCall call)
    {
        var reply = _kind == "cloudflare" ? Edge(call) : FromProxy(call);
        foreach (var (name, value) in _arguments.Headers)
        {
            call.Http.Response.Headers[name] = value;
        }

        await reply.WriteAsync(call.Http.Response, _status);
        return true;
    }

    // The edge writes JSON for who accepts JSON, and HTML for everybody else.
    private FaultReply Edge(FaultCall call)
    {
        var acceptsJson = call
            .Http.Request.Headers.Accept.ToString()
            .Contains("application/json", StringComparison.OrdinalIgnoreCase);
        var template =
            _edgeBody != "by-accept" ? _edgeBody
            : acceptsJson ? "cloudflare-json"
            : "cloudflare-html";
        _hints.Apply(call.Http.Response, "30");
        var facts = new ErrorFacts(_status, "You are being rate limited.", null)
        {
            EdgeCode = 1015,
            RetryAfter = 30,
            IsRetryable = true,
        };
        return FaultBodies.Make(template, facts, call.Http);
    }

    private FaultReply FromProxy(FaultCall call)
    {
        var (message, type, wait) = Say(call);
        _hints.Apply(call.Http.Response, wait);
        var facts = new ErrorFacts(_status, message, _arguments.Text("type") ?? type);
        return _kind == "budget" ? FaultBodies.Envelope(facts) : FaultBodies.LiteLLM(facts, call.Http);
    }

    private (string Message, string? Type, string? Wait) Say(FaultCall call)
    {
        var model = call.Model;
        const string Provider = "litellm.RateLimitError: RateLimitError: OpenAIException - ";
        var received = $". Received Model Group={model}\nAvailable Model Group Fallbacks=None";
        var seconds = _hints.InText;
        return _kind switch
        {
            "provider" => (
                $"{Provider}Rate limit reached for requests.{(seconds is null ? "" : $" Please try again in {seconds}s.")}{received}",
                "throttling_error",
                null
            ),
            "quota" => (
                $"{Provider}You exceeded your current quota, please check your plan and billing details.{received}",
                "throttling_error",
                null
            ),
            "cooldown" => (
                $"No deployments available for selected model, Try again in {seconds ?? "5"} seconds. Passed model={model}. "
                    + $"pre-call-checks=False, cooldown_list=['{Stable.Hex(model, 64)}']",
                "internal_server_error",
                "5"
            ),
            "budget" => ("Budget has been exceeded! Current cost: 50.1, Max budget: 50.0", "budget_exceeded", null),
            "free-budget" => ("Max budget limit reached.", call.LimitErrorType, null),
            "old" => (
                "Max parallel request limit reached Crossed TPM / RPM / Max Parallel Request Limit. Hit limit for key. "
                    + "Current limits: max_parallel_requests: 5, tpm_limit: None, rpm_limit: None",
                "None",
                "37.123456"
            ),
            _ => Window(call),
        };
    }

    private (string Message, string? Type, string? Wait) Window(FaultCall call)
    {
        var reset = DateTime.UtcNow.AddSeconds(60).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        call.Http.Response.Headers["rate_limit_type"] = _kind;
        call.Http.Response.Headers["reset_at"] = reset;
        var key = Stable.Hex(call.Entry.Key ?? "", 64);

        // A limit that lets a usual request pass at another time.
        var limit = _kind == "tokens" ? 100_000 : 5;
        return (
            $"Rate limit exceeded for api_key: {key}. Limit type: {_kind}. Current limit: {limit}, Remaining: 0. Limit resets at: {reset}",
            call.LimitErrorType,
            "60"
        );
    }
}
