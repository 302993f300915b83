using System;

namespace CBorg.Emulator.Answers;

/// <summary>A request that a provider answers with an error of its own.</summary>
internal sealed class RequestRefused(string message, string? param, string? code) : Exception(message)
{
    public string? Param { get; } = param;

    public string? Code { get; } = code;
}
