using System.Globalization;
using System.Threading.Tasks;

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
        var facts = new ErrorFacts(status, _hints.InText is { } seconds ? $"{message} Try again in {seconds} seconds.".TrimStart() : message, arguments.Text("type"))
        {
            EdgeCode = arguments.Whole("code", status),
            RetryAfter = int.TryParse(arguments.Text("retry-after"), NumberStyles.None, CultureInfo.InvariantCulture, out var wait) ? wait : null,
        };
        _facts = arguments.Has("retryable") ? facts with { IsRetryable = arguments.OneOf("retryable", "true", "true", "false", "") != "false" } : facts;
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

    private static string Words(int status) => status switch
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
