using CBorg.Core.Http;
using Xunit;

namespace CBorg.Core.Tests.Http;

public sealed class RedactionTests
{
    private const string Key = "sk-abcdefgh12345678WXYZ";

    [Theory]
    [InlineData("Received=sk-abcdefgh12345678WXYZ, expected", "Received=sk-...WXYZ, expected")]
    [InlineData("\"param\":\"sk-abcdefgh12345678WXYZ\"", "\"param\":\"sk-...WXYZ\"")]
    [InlineData("two: sk-abcdefgh12345678WXYZ sk-abcdefgh12345678WXYZ", "two: sk-...WXYZ sk-...WXYZ")]
    [InlineData("somebody else's sk-other_key-00001111", "somebody else's sk-...1111")]
    [InlineData("short sk-1234", "short sk-...")]
    [InlineData("Authorization: Bearer sk-abcdefgh12345678WXYZ", "Authorization: Bearer sk-...WXYZ")]
    [InlineData("Authorization: Bearer abcdef0123456789", "Authorization: Bearer ...")]
    [InlineData("authorization: basic dXNlcjpwYXNzd29yZA==", "authorization: basic ...")]
    [InlineData("Received API Key = sk-...abcd", "Received API Key = sk-...abcd")]
    public void Keys_are_taken_out_of_texts(string text, string clean) => Assert.Equal(clean, Redaction.Clean(text, Key));

    [Theory]
    [InlineData("Ensure Key has `Bearer ` prefix.")]
    [InlineData("Basic questions about bearer authentication")]
    [InlineData("a risk-averse task-force with disk-storage")]
    [InlineData("expected to start with 'sk-'.")]
    [InlineData("")]
    public void Words_stay_as_they_are(string text) => Assert.Equal(text, Redaction.Clean(text, Key));

    [Fact]
    public void A_key_of_another_form_is_taken_out_whole_when_it_is_the_one_sent() =>
        Assert.Equal(
            "Received=sk-...cret, expected",
            Redaction.Clean("Received=my own little secret, expected", "my own little secret")
        );

    [Fact]
    public void A_mask_shows_four_characters_of_a_long_key_and_none_of_a_short_one()
    {
        Assert.Equal("sk-...WXYZ", Redaction.Mask(Key));
        Assert.Equal("sk-...", Redaction.Mask("sk-12345"));
    }
}
