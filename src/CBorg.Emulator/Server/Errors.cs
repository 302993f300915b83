namespace CBorg.Emulator.Server;

/// <summary>An error in LiteLLM's envelope: {"error": {"message", "type", "param", "code"}}.</summary>
internal sealed class ProxyError(int status, string? type, string message, string? param = "None") : Exception(message)
{
    public int Status { get; } = status;

    public string? Type { get; } = type;

    public string? Param { get; } = param;

    /// <summary>The member code, when it is not the status.</summary>
    public string? Code { get; init; }

    /// <summary>It is shown as Anthropic writes errors.</summary>
    public bool IsAnthropic { get; init; }

    public JsonObject? ProviderFields { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The same without headers.</summary>
    public ProxyError Bare() => new(Status, Type, Message, Param);

    public ProxyError InAnthropicForm() =>
        new(Status, Type, Message, Param)
        {
            IsAnthropic = true,
            ProviderFields = ProviderFields,
            Headers = Headers,
        };
}

/// <summary>An error as FastAPI itself writes it: {"detail": ...}.</summary>
internal sealed class FastApiError(int status, JsonNode? detail) : Exception(detail?.ToJsonString())
{
    public int Status { get; } = status;

    public JsonNode? Detail { get; } = detail;
}

/// <summary>A failure that reaches the client as bare text.</summary>
internal sealed class PlainError(int status, string text) : Exception(text)
{
    public int Status { get; } = status;
}

internal static class ErrorReply
{
    private const string BudgetExceeded = "budget_exceeded";

    public static JsonObject Envelope(ProxyError error)
    {
        if (error.IsAnthropic)
        {
            return new JsonObject
            {
                ["type"] = "error",
                ["error"] = new JsonObject { ["type"] = AnthropicType(error.Status), ["message"] = error.Message },
            };
        }

        var inner = new JsonObject
        {
            ["message"] = error.Message,
            ["type"] = error.Type,
            ["param"] = error.Param,
            ["code"] = error.Code ?? error.Status.ToString(CultureInfo.InvariantCulture),
        };
        if (error.ProviderFields is { } fields)
        {
            inner["provider_specific_fields"] = fields.DeepClone();
        }

        return new JsonObject { ["error"] = inner };
    }

    private static string AnthropicType(int status) =>
        status switch
        {
            400 => "invalid_request_error",
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            529 => "overloaded_error",
            _ => status < 500 ? "invalid_request_error" : "api_error",
        };

    public static Task WriteAsync(Call call, ProxyError error)
    {
        if (error.Type == BudgetExceeded)
        {
            LedgerEntry.Of(call.Http).Rejected = "budget";
        }

        foreach (var (name, value) in error.Headers)
        {
            call.SetHeader(name, value);
        }

        return call.ReplyAsync(Envelope(error), error.Status);
    }
}
