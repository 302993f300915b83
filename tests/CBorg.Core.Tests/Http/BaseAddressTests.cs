using System;
using CBorg.Core.Http;
using Xunit;

namespace CBorg.Core.Tests.Http;

public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("https://api.cborg.lbl.gov", "https://api.cborg.lbl.gov/")]
    [InlineData("https://api.cborg.lbl.gov/", "https://api.cborg.lbl.gov/")]
    [InlineData("https://api.cborg.lbl.gov/v1", "https://api.cborg.lbl.gov/")]
    [InlineData("https://api.cborg.lbl.gov/v1/", "https://api.cborg.lbl.gov/")]
    [InlineData("https://API.cborg.lbl.gov/V1//", "https://api.cborg.lbl.gov/")]
    [InlineData("https://host:8443/proxy/v1", "https://host:8443/proxy/")]
    [InlineData("https://host/proxy?x=1#y", "https://host/proxy/")]
    [InlineData("https://host/apiv1", "https://host/apiv1/")]
    [InlineData("http://localhost:4000", "http://localhost:4000/")]
    [InlineData("http://127.0.0.1:4000/v1", "http://127.0.0.1:4000/")]
    [InlineData("http://[::1]:4000", "http://[::1]:4000/")]
    public void Every_form_of_an_address_becomes_one(string given, string normal) =>
        Assert.Equal(normal, BaseAddress.Normalize(new Uri(given)).ToString());

    [Theory]
    [InlineData("http://api.cborg.lbl.gov", "unencrypted")]
    [InlineData("http://10.0.0.1", "unencrypted")]
    [InlineData("http://127.0.0.1.evil.test", "unencrypted")]
    [InlineData("http://localhost.evil.test", "unencrypted")]
    [InlineData("ftp://host", "not the address")]
    [InlineData("file:///etc/passwd", "not the address")]
    [InlineData("https://user:pass@host", "user name")]
    public void An_address_that_would_give_secrets_away_is_refused(string given, string why)
    {
        CBorgRequestException refused = Assert.Throws<CBorgRequestException>(() => BaseAddress.Normalize(new Uri(given)));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass@", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.Advice);
    }

    [Fact]
    public void A_relative_address_is_refused() =>
        Assert.Throws<CBorgRequestException>(() => BaseAddress.Normalize(new Uri("api.cborg.lbl.gov", UriKind.Relative)));

    [Theory]
    [InlineData("/model/info", "https://host/p/model/info")]
    [InlineData("model/info", "https://host/p/model/info")]
    [InlineData("/v1/models/lbl%2Fmini?x=a%20b", "https://host/p/v1/models/lbl%2Fmini?x=a%20b")]
    [InlineData("//evil.test/x", "https://host/p/evil.test/x")]
    public void A_route_stays_below_the_address(string path, string url) =>
        Assert.Equal(url, BaseAddress.Route(new Uri("https://host/p/"), path).AbsoluteUri);

    [Theory]
    [InlineData("https://evil.test/x")]
    [InlineData("http://host/p/x")]
    [InlineData("../x")]
    [InlineData("%2e%2e/x")]
    [InlineData("\\\\evil.test\\x")]
    [InlineData("https:\\\\evil.test")]
    public void A_route_that_leads_elsewhere_is_refused(string path) =>
        Assert.Throws<CBorgRequestException>(() => BaseAddress.Route(new Uri("https://host/p/"), path));
}
