using System;
using System.Buffers.Text;

namespace CBorg.Core.Embeddings;

/// <summary>
/// Reads a decimal number as a float. Almost all that occur fit an integer and a small power of ten, for which two operations of a double give the right float; the few that do not, or that lie
/// so near the middle of two floats that those two roundings could matter, go the long way.
/// </summary>
internal static class NumberText
{
    private const int ExactDigits = 18;
    private const int ExactPower = 22;
    private const long HiddenBits = (1L << 29) - 1;
    private const long Middle = 1L << 28;
    private const long Doubt = 8;
    private const double SmallestNormal = 1.17549435e-38;

    private static readonly double[] s_powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <param name="text">The bytes.</param>
    /// <param name="position">Where the number begins; then where it ended.</param>
    /// <param name="value">The nearest float.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, ref int position, out float value)
    {
        int start = position;
        int at = start;
        bool negative = at < text.Length && text[at] == '-';
        at += negative ? 1 : 0;
        long digits = 0;
        int significant = 0;
        int whole = Digits(text, ref at, ref digits, ref significant);
        int fraction = 0;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            fraction = Digits(text, ref at, ref digits, ref significant);
        }

        if (whole + fraction == 0 || !TryReadExponent(text, ref at, out int exponent))
        {
            value = 0;
            return false;
        }

        position = at;
        return (significant <= ExactDigits && TryCompute(digits, exponent - fraction, negative, out value)) || TryReadSlowly(text.Slice(start, at - start), out value);
    }

    private static int Digits(ReadOnlySpan<byte> text, ref int at, ref long digits, ref int significant)
    {
        int start = at;
        for (; at < text.Length; at++)
        {
            int digit = text[at] - '0';
            if ((uint)digit > 9)
            {
                break;
            }

            // Beyond the exact ones the value overflows, but then it is not used.
            digits = unchecked((digits * 10) + digit);
            significant += significant > 0 || digit > 0 ? 1 : 0;
        }

        return at - start;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int at, out int exponent)
    {
        exponent = 0;
        if (at >= text.Length || text[at] is not ((byte)'e' or (byte)'E'))
        {
            return true;
        }

        at++;
        bool negative = at < text.Length && text[at] == '-';
        at += at < text.Length && text[at] is (byte)'-' or (byte)'+' ? 1 : 0;
        int start = at;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            exponent = Math.Min((exponent * 10) + text[at] - '0', 9999);
        }

        exponent = negative ? -exponent : exponent;
        return at > start;
    }

    private static bool TryCompute(long digits, int power, bool negative, out float value)
    {
        value = 0;
        if (power is < -ExactPower or > ExactPower)
        {
            return false;
        }

        double exact = power < 0 ? digits / s_powers[-power] : digits * s_powers[power];
        long distance = (BitConverter.DoubleToInt64Bits(exact) & HiddenBits) - Middle;
        if ((digits != 0 && exact is < SmallestNormal or >= float.MaxValue) || distance is >= -Doubt and <= Doubt)
        {
            return false;
        }

        value = (float)(negative ? -exact : exact);
        return true;
    }

    private static bool TryReadSlowly(ReadOnlySpan<byte> number, out float value) =>
        Utf8Parser.TryParse(number, out value, out int consumed) && consumed == number.Length && !float.IsInfinity(value);
}
