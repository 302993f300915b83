using System;
using System.Management.Automation;

namespace CBorg;

/// <summary>How near a text is to the reference.</summary>
public sealed class EmbeddingMatch
{
    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Cosine of the angle between the two vectors: 1 same direction, 0 unrelated, -1 opposite.</summary>
    public double Similarity { get; init; }

    /// <summary>What it was compared with.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The model of both.</summary>
    public string Model { get; init; } = "";

    /// <summary>The embedding itself.</summary>
    [Hidden]
    public Embedding? Embedding { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Similarity:0.000} {Text}");
}
