using System;
using System.Buffers.Text;

namespace CBorg.Core.Embeddings;

/// <summary>
/// Reads a decimal number as a float. Almost all that occur fit an integer and a small power of ten, for which two
/// operations of a double give the right float; the few that do not, or that lie
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
        1e0,
        1e1,
        1e2,
        1e3,
        1e4,
        1e5,
        1e6,
        1e7,
        1e8,
        1e9,
        1e10,
        1e11,
        1e12,
        1e13,
        1e14,
        1e15,
        1e16,
        1e17,
        1e18,
        1e19,
        1e20,
        1e21,
        1e22,
    ];

    /// <param name="text">The bytes.</param>
    /// <param name="position">Where the number begins; then where it ended.</param>
    /// <param name="value">The nearest float.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, ref int position, out float value)
    {
        // One loop over locals: millions of numbers come this way, and variables passed by reference would be stored and
        // loaded again for every digit.
        int at = position;
        bool negative = at < text.Length && text[at] == '-';
        at += negative ? 1 : 0;
        int start = at;
        int point = -1;
        ulong digits = 0;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)text[at] - '0';
            if (digit <= 9)
            {
                digits = unchecked((digits * 10) + digit);
            }
            else if (text[at] == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }

        int count = at - start - (point < 0 ? 0 : 1);
        int power = point < 0 ? 0 : point + 1 - at;
        if (count == 0 || !TryReadExponent(text, ref at, ref power))
        {
            value = 0;
            return false;
        }

        ReadOnlySpan<byte> number = text.Slice(position, at - position);
        position = at;

        bool exact = count <= ExactDigits || count - ZerosInFront(number) <= ExactDigits;
        return (exact && TryCompute((long)digits, power, negative, out value)) || TryReadSlowly(number, out value);
    }

    private static int ZerosInFront(ReadOnlySpan<byte> number)
    {
        int zeros = 0;
        foreach (byte letter in number)
        {
            if (letter is not ((byte)'0' or (byte)'.' or (byte)'-'))
            {
                break;
            }

            zeros += letter == '0' ? 1 : 0;
        }

        return zeros;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int at, ref int power)
    {
        if (at >= text.Length || text[at] is not ((byte)'e' or (byte)'E'))
        {
            return true;
        }

        at++;
        bool negative = at < text.Length && text[at] == '-';
        at += at < text.Length && text[at] is (byte)'-' or (byte)'+' ? 1 : 0;
        int start = at;
        int exponent = 0;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            exponent = Math.Min((exponent * 10) + text[at] - '0', 9999);
        }

        power += negative ? -exponent : exponent;
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
