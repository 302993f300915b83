namespace CBorg;

/// <summary>A call that the model asks for. Nothing runs it but the user.</summary>
public sealed class ChatToolCall
{
    /// <summary>The id that the tool's answer must name. Empty when the provider gave none.</summary>
    public string Id { get; init; } = "";

    /// <summary>The function's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its arguments as the model wrote them: JSON text, possibly empty or invalid.</summary>
    public string Arguments { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({Arguments})";
}
