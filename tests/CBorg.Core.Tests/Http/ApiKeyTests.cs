using System;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Http;

/// <summary>A key that would change the request is not sent.</summary>
public sealed class ApiKeyTests
{
    [InlineData("sk-abc\r\nX-Evil: injected", "a line break")]
    [InlineData("sk-abc\nX-Evil: injected", "a line break")]
    [InlineData("sk-abc\0def", "U+0000")]
    [InlineData("sk-abc\tdef", "a tab")]
    [InlineData("sk-abc\u007fdef", "U+007F")]
    [InlineData("sk-abc\u0085def", "U+0085")]
    [InlineData("sk-abc\u2013def", "U+2013")]
    [InlineData("\u201csk-abcdef\u201d", "U+201C")]
    [InlineData("\ufeffsk-abcdef", "U+FEFF")]
    [Theory]
    public async Task A_key_that_no_header_can_hold_is_refused_before_anything_is_sent(string key, string reason)
    {
        await using RawServer server = new();
        Asked asked = await Asked.Of(Clients.For(server, key: key));

        CBorgException refused = asked.Failure!;
        Assert.Equal((ErrorKind.KeyMissing, 0), (refused.Kind, refused.Attempts));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", refused.Message + refused.Advice, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Empty(server.CatalogRequests);
        Assert.ThrowsAny<CBorgException>(() =>
            CBorgClientFactory.CheckKey(new ConnectionOptions { BaseUri = server.BaseUri, ApiKey = () => key })
        );
    }

    [InlineData("sk-abc\r\n")]
    [InlineData("  sk-abc ")]
    [InlineData(null)]
    [InlineData("")]
    [Theory]
    public void White_space_around_a_key_is_none_of_it(string? key) =>
        CBorgClientFactory.CheckKey(new ConnectionOptions { ApiKey = () => key });
}
