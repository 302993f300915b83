using System.Collections.Concurrent;

namespace CBorg.Emulator.Embeddings;

/// <summary>
/// Vectors by feature hashing: words, their beginnings, pairs of words, letter triples and kinds of meaning each add to a
/// few places that their hash names.
/// Related texts so come out nearer to each other than unrelated ones. The length of a vector grows with its text; it is
/// never 1 by design.
/// </summary>
internal static class Embedder
{
    public const int DefaultDimension = 768;

    private const int PlacesPerFeature = 32;
    private const float Scale = 2.5f;
    private const float WordWeight = 1f;
    private const float CommonWordWeight = 0.25f;
    private const float PairWeight = 0.4f;
    private const float TripleWeight = 0.3f;
    private const float RootWeight = 0.7f;
    private const int RootLength = 5;
    private const float KindWeight = 1.5f;
    private const float WiderKindWeight = 0.8f;
    private const float TextWeight = 0.5f;
    private const float SideWeight = 0.6f;

    private static readonly ConcurrentDictionary<(string, int), float[]> s_dense = new();

    public static float[] Embed(string text, bool query, int dimension)
    {
        var vector = new float[dimension];
        AddDense(vector, "text", TextWeight);
        AddDense(vector, query ? "search_query" : "search_document", SideWeight);
        foreach (var (feature, weight) in Features(text))
        {
            AddSparse(vector, feature, weight);
        }

        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = MathF.Round(vector[i] * Scale, 6);
        }

        return vector;
    }

    /// <summary>The cosine of the angle between two vectors.</summary>
    public static double Likeness(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double product = 0,
            oneSquared = 0,
            otherSquared = 0;
        for (var i = 0; i < one.Length; i++)
        {
            product += one[i] * other[i];
            oneSquared += one[i] * one[i];
            otherSquared += other[i] * other[i];
        }

        return product / Math.Sqrt(oneSquared * otherSquared);
    }

    private static Dictionary<string, float> Features(string text)
    {
        var features = new Dictionary<string, float>(StringComparer.Ordinal);
        string? before = null;
        foreach (var word in Words.Split(text))
        {
            var tells = Words.Tells(word);
            Add(features, "word " + word, tells ? WordWeight : CommonWordWeight);
            AddTriples(features, word, tells ? TripleWeight : TripleWeight * CommonWordWeight);
            if (word.Length >= RootLength)
            {
                Add(features, "root " + word[..RootLength], RootWeight);
            }

            if (before is not null)
            {
                Add(features, $"pair {before} {word}", PairWeight);
            }

            if (Meanings.Of(word) is var (kind, wider))
            {
                Add(features, "kind " + kind, KindWeight);
                Add(features, "wider " + wider, WiderKindWeight);
            }

            before = word;
        }

        return features;
    }

    private static void AddTriples(Dictionary<string, float> features, string word, float weight)
    {
        var framed = $"^{word}$";
        for (var i = 0; i + 3 <= framed.Length; i++)
        {
            Add(features, "triple " + framed.Substring(i, 3), weight);
        }
    }

    private static void Add(Dictionary<string, float> features, string feature, float weight) =>
        features[feature] = features.GetValueOrDefault(feature) + weight;

    private static void AddSparse(float[] vector, string feature, float weight)
    {
        var share = weight / MathF.Sqrt(PlacesPerFeature);
        var state = Stable.Number(feature) | 1;
        for (var i = 0; i < PlacesPerFeature; i++)
        {
            state = NextRandom(state);
            vector[(int)((state >> 32) % (ulong)vector.Length)] += (state & 0x10000) == 0 ? share : -share;
        }
    }

    private static void AddDense(float[] vector, string feature, float weight)
    {
        var dense = s_dense.GetOrAdd((feature, vector.Length), key => Dense(key.Item1, key.Item2));
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] += dense[i] * weight;
        }
    }

    // Even between -1 and 1 a number's mean square is 1/3: the factor makes the vector one of length 1.
    private static float[] Dense(string feature, int dimension)
    {
        var dense = new float[dimension];
        var state = Stable.Number(feature) | 1;
        for (var i = 0; i < dimension; i++)
        {
            state = NextRandom(state);
            dense[i] = (((state >> 40) / (float)(1 << 23)) - 1) * MathF.Sqrt(3f / dimension);
        }

        return dense;
    }

    private static ulong NextRandom(ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        return state ^ (state << 17);
    }
}
