using Xunit;

namespace CBorg.Core.Tests.Text;

public sealed class VisibleTextTests
{
    [InlineData("plain, äöü, 模型, 🙂", "plain, äöü, 模型, 🙂")]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("over\rwritten", "over␍written")]
    [InlineData("\u001b[31mred\u001b[0m", "␛[31mred␛[0m")]
    [InlineData("\u001b]52;c;eA==\u0007", "␛]52;c;eA==␇")]
    [InlineData("\u009b2J", "<U+009B>2J")]
    [InlineData("a\b\u007f\0", "a␈␡␀")]
    [InlineData("ab\u202egnp.exe", "ab<U+202E>gnp.exe")]
    [InlineData("\u2066x\u2069\u200f\u061c", "<U+2066>x<U+2069><U+200F><U+061C>")]
    [InlineData("", "")]
    [Theory]
    public void What_a_terminal_would_obey_is_shown(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void A_failure_says_nothing_that_a_terminal_would_obey()
    {
        CBorgException failure = new(ErrorKind.BadRequest, "The server said: \u001b]0;owned\u0007", "Do \u202ethis.");

        Assert.Equal("The server said: ␛]0;owned␇", failure.Message);
        Assert.Equal("Do <U+202E>this.", failure.Advice);
    }
}
