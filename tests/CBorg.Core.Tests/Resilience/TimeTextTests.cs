using System;
using CBorg.Core.Resilience;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData(-1, "0 s")]
    [InlineData(0.04, "0 s")]
    [InlineData(0.75, "0.8 s")]
    [InlineData(5, "5 s")]
    [InlineData(31.5, "32 s")]
    [InlineData(120, "120 s")]
    [InlineData(120.5, "3 min")]
    [InlineData(300, "5 min")]
    [InlineData(3599, "1 h")]
    [InlineData(3600, "1 h")]
    [InlineData(3900, "1 h 5 min")]
    [InlineData(86400, "24 h")]
    public void A_duration_has_the_unit_that_suits_it(double seconds, string text) =>
        Assert.Equal(text, TimeText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_moment_of_another_day_has_its_date()
    {
        DateTimeOffset now = new(new DateTime(2026, 11, 22, 23, 50, 0, DateTimeKind.Local));

        Assert.Equal("23:52", TimeText.Moment(now.AddMinutes(2), now));
        Assert.Equal("2026-11-23 00:02", TimeText.Moment(now.AddMinutes(12), now));
        Assert.Equal("23:52", TimeText.Moment(now.AddMinutes(2).ToUniversalTime(), now.ToUniversalTime()));
    }
}
