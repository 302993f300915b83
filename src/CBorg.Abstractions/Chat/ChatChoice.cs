namespace CBorg;

/// <summary>One of the answers when several were asked for (<c>n</c>).</summary>
public sealed class ChatChoice
{
    /// <summary>Its place, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Why it ended; see <see cref="ChatResult.FinishReason"/>.</summary>
    public string? FinishReason { get; init; }

    /// <summary>What was said.</summary>
    public ChatMessage Message { get; init; } = new();

    /// <inheritdoc/>
    public override string ToString() => Message.Content ?? "";
}
