using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Ledgers;

namespace CBorg.Emulator.Server;

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

    private static string AnthropicType(int status) => status switch
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
