using System.Management.Automation;

namespace CBorg;

/// <summary>A piece of an answer as it arrives.</summary>
public sealed class ChatDelta
{
    /// <summary>The new text; empty when this piece only has thoughts, tool calls or the end.</summary>
    public string Text { get; init; } = "";

    /// <summary>New thoughts of a reasoning model; empty when there are none.</summary>
    public string Reasoning { get; init; } = "";

    /// <summary>The model's name as asked for.</summary>
    public string Model { get; init; } = "";

    /// <summary>Pieces received so far, this one included; an estimate of the tokens written.</summary>
    public int Count { get; init; }

    /// <summary>The whole answer, on the last piece only; null before.</summary>
    [Hidden]
    public ChatResult? Result { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
