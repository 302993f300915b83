using System;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.State;

/// <summary>A spend log of before the emulator's start, member by member.</summary>
internal sealed record SpendLogSeed(string KeyHash, string? UserId, DateTimeOffset Started, JsonObject Members);
