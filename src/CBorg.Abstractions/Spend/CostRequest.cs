using System;
using System.Collections.Generic;

namespace CBorg;

/// <summary>A question whose cost is to be measured before it is asked.</summary>
public sealed class CostRequest
{
    /// <summary>The model's name on the proxy.</summary>
    public string Model { get; init; } = "";

    /// <summary>The conversation.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; init; } = Array.Empty<ChatMessage>();

    /// <summary>The longest answer, in tokens.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Asks the proxy's own calculators too; what they say wins when it is above 0.</summary>
    public bool AskServer { get; init; }
}
