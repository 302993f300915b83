using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

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

    public ProxyError InAnthropicForm() => new(Status, Type, Message, Param) { IsAnthropic = true, ProviderFields = ProviderFields, Headers = Headers };
}
