using System;
using CBorg.Core.Http;
using Xunit;

namespace CBorg.Core.Tests.Http;

public class NoProxyTests
{
    [Theory]
    [InlineData("https://api.cborg.lbl.gov/", "api.cborg.lbl.gov")]
    [InlineData("https://api.cborg.lbl.gov/", "API.CBorg.LBL.gov")]
    [InlineData("https://api.cborg.lbl.gov/", "lbl.gov")]
    [InlineData("https://api.cborg.lbl.gov/", ".lbl.gov")]
    [InlineData("https://api.cborg.lbl.gov/", "*.lbl.gov")]
    [InlineData("https://api.cborg.lbl.gov/", "localhost, .example.com , lbl.gov")]
    [InlineData("https://api.cborg.lbl.gov/", "localhost;lbl.gov")]
    [InlineData("https://api.cborg.lbl.gov/", "*")]
    [InlineData("https://api.cborg.lbl.gov/", "lbl.gov:443")]
    [InlineData("https://lbl.gov/", ".lbl.gov")]
    [InlineData("https://10.1.2.3/", "10.1.2.3")]
    [InlineData("https://10.1.2.3/", "10.0.0.0/8")]
    [InlineData("https://10.1.2.3/", "10.1.2.0/23:443")]
    [InlineData("https://10.1.2.3/", "0.0.0.0/0")]
    [InlineData("https://[2001:db8::7]/", "2001:db8::/32")]
    [InlineData("https://[2001:db8::7]/", "[2001:db8::7]")]
    [InlineData("https://[2001:db8::7]:8443/", "[2001:db8::7]:8443")]
    public void What_the_list_means_goes_straight(string target, string list) =>
        Assert.True(NoProxy.Holds(new Uri(target), list));

    [Theory]
    [InlineData("https://api.cborg.lbl.gov/", null)]
    [InlineData("https://api.cborg.lbl.gov/", "")]
    [InlineData("https://api.cborg.lbl.gov/", " , ;")]
    [InlineData("https://api.cborg.lbl.gov/", "cborg.lbl.go")]
    [InlineData("https://api.cborg.lbl.gov/", "bl.gov")]
    [InlineData("https://api.cborg.lbl.gov/", "gov.example")]
    [InlineData("https://api.cborg.lbl.gov/", "lbl.gov:8443")]
    [InlineData("https://api.cborg.lbl.gov/", "10.0.0.0/8")]
    [InlineData("https://api.cborg.lbl.gov/", ".")]
    [InlineData("https://api.cborg.lbl.gov/", "*.")]
    [InlineData("https://10.1.2.3/", "10.1.4.0/23")]
    [InlineData("https://10.1.2.3/", "10.0.0.0/33")]
    [InlineData("https://10.1.2.3/", "10.0.0.0/x")]
    [InlineData("https://10.1.2.3/", "10.1.2.3/8/8")]
    [InlineData("https://10.1.2.3/", "[::1")]
    [InlineData("https://10.1.2.3/", ":")]
    [InlineData("https://10.1.2.3/", "2.3")]
    [InlineData("https://[2001:db8::7]/", "2001:db9::/32")]
    public void All_else_takes_the_proxy(string target, string? list) => Assert.False(NoProxy.Holds(new Uri(target), list));
}
