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
