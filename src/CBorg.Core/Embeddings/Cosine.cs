using System;

namespace CBorg.Core.Embeddings;

internal static class Cosine
{
    public static double Of(Embedding reference, Embedding other) => throw new NotSupportedException();
}
