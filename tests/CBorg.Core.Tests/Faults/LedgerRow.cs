using System.Text.Json.Nodes;

namespace CBorg.Core.Tests.Faults;

/// <summary>One request as the emulator had it.</summary>
internal sealed record LedgerRow(string? CallId, int? Status, string? Fault, decimal Cost, bool Ended)
{
    public static LedgerRow From(JsonNode row) =>
        new((string?)row["call_id"], (int?)row["status"], (string?)row["fault"], (decimal)((double?)row["cost"] ?? 0), row["ended"] is not null);
}
