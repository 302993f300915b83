using System;

namespace CBorg.Emulator.Server;

/// <summary>A failure that reaches the client as bare text.</summary>
internal sealed class PlainError(int status, string text) : Exception(text)
{
    public int Status { get; } = status;
}
