using CBorg.Core.Wire;
using Xunit;

namespace CBorg.Core.Tests.Cost;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("6.1499999999999996e-06", "0.00000615")]
    [InlineData("0.00010284000000000001", "0.00010284")]
    [InlineData("1.35e-05", "0.0000135")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("12.345678", "12.345678")]
    [InlineData("50.0", "50")]
    [InlineData("0", "0")]
    [InlineData("0.0", "0")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("1e-20", "0.00000000000000000001")]
    [InlineData("123456789.123", "123456789.123")]
    public void The_noise_of_binary_fractions_is_dropped(string wire, string plain) =>
        Assert.Equal(plain, Money.Parse(wire)?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("1e99")]
    [InlineData("1e13")]
    [InlineData("-79228162514264337593543950335")]
    public void What_is_no_amount_is_none(string? wire) => Assert.Null(Money.Parse(wire));
}
