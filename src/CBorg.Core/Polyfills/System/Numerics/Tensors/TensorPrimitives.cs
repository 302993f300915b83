#if !NET
namespace System.Numerics.Tensors;

internal static class TensorPrimitives
{
    public static void ConvertTruncating(ReadOnlySpan<float> source, Span<double> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = source[i];
        }
    }

    public static double Dot<T>(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        where T : struct
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
#endif
