using System;
using System.Globalization;
using System.Text;
using CBorg.Core.Embeddings;
using Xunit;

namespace CBorg.Core.Tests.Embeddings;

public class NumberTextTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("1e-7")]
    [InlineData("6.1499999999999996e-06")]
    [InlineData("1.17549435e-38")]
    [InlineData("1e-45")]
    [InlineData("0.000000000000000000000000000000000000000000001")]
    [InlineData("3.4028235e38")]
    [InlineData("340282350000000000000000000000000000000")]
    [InlineData("16777217")]
    [InlineData("1.00000005960464477539")]
    [InlineData("1.0000000596046447753906251")]
    [InlineData("0.1234567890123456789012345678901234567890")]
    [InlineData("123456789012345678901234567890e-30")]
    [InlineData("1E+2")]
    [InlineData("0.0001234567890123456")]
    [InlineData("-0.000000000123456789012345678")]
    [InlineData("00.1")]
    [InlineData("1234567890123456789012")]
    public void Reads_what_the_framework_reads(string text)
    {
        Assert.True(Read(text + ",", out float value, out int end));
        Assert.Equal(
            BitConverter.SingleToInt32Bits(float.Parse(text, CultureInfo.InvariantCulture)),
            BitConverter.SingleToInt32Bits(value)
        );
        Assert.Equal(text.Length, end);
    }

    [Fact]
    public void Any_float_and_any_double_is_read_as_the_nearest_float()
    {
        Random random = new(17);
        for (int i = 0; i < 200_000; i++)
        {
            float single = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            Check(single, single.ToString("R", CultureInfo.InvariantCulture));
            Check(single, ((double)single).ToString("R", CultureInfo.InvariantCulture));
            double number = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 3));
            Check((float)number, number.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e40")]
    [InlineData("null")]
    [InlineData("-.e1")]
    public void Refuses_what_is_no_number(string text) => Assert.False(Read(text, out _, out _));

    private static void Check(float expected, string text)
    {
        if (float.IsFinite(expected))
        {
            Assert.True(Read(text, out float value, out _), text);
            Assert.True(
                BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(value),
                $"{text} was read as {value:R}"
            );
        }
    }

    private static bool Read(string text, out float value, out int end)
    {
        end = 0;
        return NumberText.TryRead(Encoding.UTF8.GetBytes(text), ref end, out value);
    }
}
