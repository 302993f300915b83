namespace CBorg.Core.Embeddings;

/// <summary>Some texts of a request that go together: from where, how many, how long they are together.</summary>
internal sealed record Batch(int Start, int Count, long Characters);
