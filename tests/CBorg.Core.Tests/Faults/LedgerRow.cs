using System.Text.Json.Nodes;

namespace CBorg.Core.Tests.Faults;

/// <summary>One request as the emulator had it.</summary>
/// <param name="CallId">The reply's; null when there was none.</param>
/// <param name="Status">Null when no answer began.</param>
/// <param name="Fault">What befell it; null when nothing did.</param>
/// <param name="Cost">In dollars; 0 when it was not charged.</param>
/// <param name="Ended">Whether the emulator is through with it.</param>
/// <param name="ClientClosed">Whether the client went first.</param>
internal sealed record LedgerRow(string? CallId, int? Status, string? Fault, decimal Cost, bool Ended, bool ClientClosed)
{
    public static LedgerRow From(JsonNode row) =>
        new(
            (string?)row["call_id"],
            (int?)row["status"],
            (string?)row["fault"],
            (decimal)((double?)row["cost"] ?? 0),
            row["ended"] is not null,
            (bool)row["client_closed"]!
        );
}
