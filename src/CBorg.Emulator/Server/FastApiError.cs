using System;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Server;

/// <summary>An error as FastAPI itself writes it: {"detail": ...}.</summary>
internal sealed class FastApiError(int status, JsonNode? detail) : Exception(detail?.ToJsonString())
{
    public int Status { get; } = status;

    public JsonNode? Detail { get; } = detail;
}
