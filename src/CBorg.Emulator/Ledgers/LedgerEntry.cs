using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Ledgers;

/// <summary>One request as it was received and answered. Times are milliseconds on the emulator's clock since its
/// start.</summary>
internal sealed class LedgerEntry
{
    private static readonly object s_item = new();
    private static readonly JsonSerializerOptions s_names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public int Sequence { get; init; }

    /// <summary>The key's masked name; never the key.</summary>
    public string? Key { get; init; }

    /// <summary>The first eight digits of the key's SHA-256.</summary>
    public string? KeyHash { get; init; }

    public string? KeyRole { get; init; }

    public string Method { get; init; } = "";

    public string Path { get; init; } = "";

    public string? Model { get; init; }

    public bool Stream { get; init; }

    public JsonObject Headers { get; init; } = [];

    public string? Body { get; init; }

    /// <summary>Requests in flight when this one came, itself included.</summary>
    public int InFlight { get; init; }

    public double Started { get; init; }

    public double? FirstByte { get; set; }

    public double? Ended { get; set; }

    public int? Status { get; set; }

    public string? Fault { get; set; }

    public string? CallId { get; set; }

    /// <summary>Which limit the request met: requests, tokens, max_parallel_requests or budget; null when it met none.</summary>
    public string? Rejected { get; set; }

    public bool ClientClosed => ClientClosedAt is not null;

    /// <summary>When the client went away, if it did so before its request was over.</summary>
    public double? ClientClosedAt { get; private set; }

    /// <summary>The connection was ended here, so it was not the client who did.</summary>
    [JsonIgnore]
    public bool BrokenByFault { get; set; }

    [JsonPropertyName("model_id")]
    public string? Deployment { get; private set; }

    public int? PromptTokens { get; private set; }

    public int? CompletionTokens { get; private set; }

    public double? Cost { get; private set; }

    /// <summary>The entry of a request; one of its own when no ledger is kept.</summary>
    public static LedgerEntry Of(HttpContext context)
    {
        if (context.Items[s_item] is not LedgerEntry entry)
        {
            entry = new LedgerEntry();
            entry.AttachTo(context);
        }

        return entry;
    }

    public void AttachTo(HttpContext context) => context.Items[s_item] = this;

    /// <summary>The client is gone; not so when the connection was ended here.</summary>
    public void Leave(double now) => ClientClosedAt ??= BrokenByFault || Ended is not null ? null : now;

    /// <summary>Notes what a call used and cost, once that is known.</summary>
    public void Settle(string? deployment, int promptTokens, int completionTokens, double cost)
    {
        Deployment = deployment;
        PromptTokens = promptTokens;
        CompletionTokens = completionTokens;
        Cost = cost;
    }

    public JsonObject ToJson(bool withBody)
    {
        var json = JsonSerializer.SerializeToNode(this, s_names)!.AsObject();
        if (!withBody)
        {
            json.Remove("body");
        }

        return json;
    }
}
