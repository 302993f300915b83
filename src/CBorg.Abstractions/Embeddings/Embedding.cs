using System;
using System.Management.Automation;

namespace CBorg;

/// <summary>A text as a vector.</summary>
public sealed class Embedding
{
    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Document or query.</summary>
    public EmbeddingKind Kind { get; init; }

    /// <summary>The model that made it. Vectors of different models cannot be compared.</summary>
    public string Model { get; init; } = "";

    /// <summary>Length of the vector.</summary>
    public int Dimension => Vector.Length;

    /// <summary>Tokens of this text. Exact when it was sent alone, shared out by length when it went in a batch, null when
    /// the proxy did not say.</summary>
    public long? Tokens { get; init; }

    /// <summary>The vector, not necessarily of length 1.</summary>
    [Hidden]
    public float[] Vector { get; init; } = Array.Empty<float>();

    /// <inheritdoc/>
    public override string ToString() => $"{Text} [{Model}, {Dimension}]";
}
