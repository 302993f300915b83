using System;
using System.Collections.Generic;

namespace CBorg;

/// <summary>Texts to embed.</summary>
public sealed class EmbeddingRequest
{
    /// <summary>The model's name on the proxy.</summary>
    public string Model { get; init; } = "";

    /// <summary>The texts; a query has exactly one.</summary>
    public IReadOnlyList<string> Texts { get; init; } = Array.Empty<string>();

    /// <summary>Document or query.</summary>
    public EmbeddingKind Kind { get; init; }

    /// <summary>Asks for shorter vectors, where the model can.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Whether the wait for a first free place counts in <see cref="Timeout"/>. False for one of many batches.</summary>
    public bool QueueTimeCounts { get; init; } = true;

    /// <summary>The longest one request may take, waits included. Null takes the connection's.</summary>
    public TimeSpan? Timeout { get; init; }
}
