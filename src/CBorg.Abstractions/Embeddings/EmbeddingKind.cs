namespace CBorg;

/// <summary>What a text is embedded as. Some models (nomic) make different vectors for the two.</summary>
public enum EmbeddingKind
{
    /// <summary>A text to be found: sent as a list, even when it is one.</summary>
    Document,

    /// <summary>A question to search with: sent as a bare string.</summary>
    Query,
}
