using System;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Info.Activity;

/// <summary>A row of /spend/logs, and of it what is filtered and summed by.</summary>
internal sealed record SpendLog(DateTimeOffset Started, string KeyHash, string User, string Model, double Spend, JsonObject Row)
{
    public DateOnly Date => DateOnly.FromDateTime(Started.UtcDateTime);
}
