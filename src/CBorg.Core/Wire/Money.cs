using System;
using System.Globalization;

namespace CBorg.Core.Wire;

/// <summary>USD as LiteLLM writes it: JSON numbers or texts, in scientific notation, with the noise of binary fractions
/// (<c>6.1499999999999996e-06</c>).</summary>
internal static class Money
{
    private const int SignificantDigits = 13;

    // Whatever is more is no amount. Times the largest count of tokens it is still within what a decimal holds.
    private const decimal Largest = 1_000_000_000_000m;

    public static decimal? Parse(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && Math.Abs(value) <= Largest
            ? Round(value)
            : null;

    /// <summary>Drops the digits that a binary fraction cannot carry.</summary>
    public static decimal Round(decimal value)
    {
        if (value == 0)
        {
            return 0;
        }

        int magnitude = (int)Math.Floor(Math.Log10((double)Math.Abs(value))) + 1;
        int decimals = SignificantDigits - magnitude;
        decimal rounded = decimals is >= 0 and <= 28 ? Math.Round(value, decimals) : value;

        // 1.2300 and 1.23 are the same amount; the shorter one is for people.
        return rounded / 1.0000000000000000000000000000m;
    }
}
