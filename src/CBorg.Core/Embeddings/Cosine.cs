using System;
using System.Numerics.Tensors;

namespace CBorg.Core.Embeddings;

/// <summary>Cosine of the angle between two vectors of any length, summed up in doubles.</summary>
internal static class Cosine
{
    private const int Slice = 256;

    /// <exception cref="CBorgRequestException">They cannot be compared.</exception>
    public static double Of(Embedding reference, Embedding other)
    {
        if (!string.Equals(reference.Model, other.Model, StringComparison.Ordinal))
        {
            throw Refused(
                $"A vector of {reference.Model} cannot be compared with one of {other.Model}: each model has a space of its own.",
                "Embed both texts with one model."
            );
        }

        if (reference.Dimension != other.Dimension)
        {
            throw Refused(
                $"A vector of {reference.Dimension} numbers cannot be compared with one of {other.Dimension} (both {reference.Model}).",
                "Embed both texts with the same -Dimensions."
            );
        }

        return Of(reference.Vector, other.Vector);
    }

    private static double Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        Span<double> a = stackalloc double[Slice];
        Span<double> b = stackalloc double[Slice];
        double product = 0;
        double lengthX = 0;
        double lengthY = 0;
        for (int start = 0; start < x.Length; start += Slice)
        {
            int count = Math.Min(Slice, x.Length - start);
            TensorPrimitives.ConvertTruncating(x.Slice(start, count), a);
            TensorPrimitives.ConvertTruncating(y.Slice(start, count), b);
            product += TensorPrimitives.Dot<double>(a.Slice(0, count), b.Slice(0, count));
            lengthX += TensorPrimitives.Dot<double>(a.Slice(0, count), a.Slice(0, count));
            lengthY += TensorPrimitives.Dot<double>(b.Slice(0, count), b.Slice(0, count));
        }

        if (lengthX == 0 || lengthY == 0)
        {
            return 0;
        }

        // One root of the product, not the product of two roots: so a vector and itself give 1 and not 0.9999999999999999.
        double cosine = product / Math.Sqrt(lengthX * lengthY);
        return cosine > 1 ? 1
            : cosine < -1 ? -1
            : cosine;
    }

    private static CBorgRequestException Refused(string message, string advice) => new(ErrorKind.BadRequest, message, advice);
}
