using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

public sealed class ErrorBodyTests
{
    [Fact]
    public void LiteLLMs_envelope_is_taken_apart()
    {
        ErrorBody body = ErrorBody.Parse("""{"error":{"message":"No.","type":"auth_error","param":"key","code":"401"}}""");

        Assert.Equal(("No.", "auth_error", "key", "401"), (body.Message, body.Type, body.Param, body.Code));
        Assert.False(body.IsText);
        Assert.Null(body.EdgeCode);
    }

    [Theory]
    [InlineData("""{"error":{"message":"half \ud83d a letter","type":"\udc00","param":"\ud83d","code":"\ud83d"}}""")]
    [InlineData("""{"error":"half \ud83d a letter"}""")]
    [InlineData("""{"detail":"half \ud83d a letter","\ud83d-title":1}""")]
    public void A_message_with_half_a_letter_is_still_a_message(string json) =>
        Assert.Equal($"half {(char)0xD83D} a letter", ErrorBody.Parse(json).Message);

    [Theory]
    [InlineData("<html><style>a{}</style>Bad <b>gateway</b>\n<script src='x'>if (a<b) {}</script>!</html>", "Bad gateway !")]
    [InlineData("<p>a<STYLE>b</p>c", "a b c")]
    [InlineData("<p>a < b", "a < b")]
    [InlineData("<style>a</style><style>b</style>c<style>d", "c d")]
    [InlineData("<styled>a</styled>", "a")]
    [InlineData("<p>a<>b", "a<>b")]
    [InlineData("<", "<")]
    public void Of_a_page_the_readable_words_are_taken(string page, string words) =>
        Assert.Equal(words, ErrorBody.Parse(page).Message);

    [Theory]
    [InlineData("<style>")]
    [InlineData("<script>")]
    [InlineData("<")]
    [InlineData("</style>")]
    public async Task A_page_of_tags_that_do_not_end_takes_no_longer_than_another(string tag) =>
        await Task.Run(() => ErrorBody.Parse(string.Concat(Enumerable.Repeat(tag, 200_000)))).Soon();

    [Fact]
    public void Digits_of_other_scripts_are_no_number_of_the_gateway() =>
        Assert.Null(ErrorBody.Parse("error code: ١٠٢٠").EdgeCode);

    [Fact]
    public void The_text_None_means_nothing_and_a_code_may_be_a_number()
    {
        ErrorBody body = ErrorBody.Parse("""{"error":{"message":"No.","type":"None","param":"None","code":429}}""");

        Assert.Equal((null, null, "429"), (body.Type, body.Param, body.Code));
    }

    [Theory]
    [InlineData("""{"detail":"Not Found"}""", "Not Found")]
    [InlineData("""{"detail":{"error":"Please provide start_date"}}""", "Please provide start_date")]
    [InlineData(
        """{"detail":[{"loc":["body","model"],"msg":"Field required","type":"missing"}]}""",
        """[{"loc":["body","model"],"msg":"Field required","type":"missing"}]"""
    )]
    [InlineData("""{"error":"text"}""", "text")]
    [InlineData("""{"message":"text"}""", "text")]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", "Overloaded")]
    [InlineData(
        """{"error":{"message":"{'error': '/chat/completions: Invalid model name passed in model=x. Call me'}"}}""",
        "/chat/completions: Invalid model name passed in model=x. Call me"
    )]
    [InlineData("""{"error":{"message":"{\"error\": \"text\"}"}}""", "text")]
    [InlineData("""{"error":{"message":"two\nlines"}}""", "two\nlines")]
    [InlineData("""{"error":{"message":{"deep":1}}}""", """{"deep":1}""")]
    [InlineData("""{"error":{"error":{"message":"inner"}}}""", "inner")]
    [InlineData("data: {\"error\":{\"message\":\"in an event\"}}\n\n", "in an event")]
    [InlineData("data: {\"error\":{\"message\":\"first\"}}\n\ndata: [DONE]\n\n", "first")]
    [InlineData("Internal Server Error", "Internal Server Error")]
    [InlineData("", "")]
    [InlineData("  \r\n ", "")]
    [InlineData("{\"error\":{\"message\":\"cut of", "{\"error\":{\"message\":\"cut of")]
    [InlineData(
        "<html><head><style>p { x }</style><title>502 Bad Gateway</title></head>\n<body><h1>nginx</h1></body></html>",
        "502 Bad Gateway nginx"
    )]
    public void Every_form_of_body_gives_its_words(string text, string message) =>
        Assert.Equal(message, ErrorBody.Parse(text).Message);

    [Fact]
    public void The_edges_JSON_is_known_by_its_mark()
    {
        ErrorBody body = ErrorBody.Parse(
            """{"title":"Error 1015: Rate limited","status":429,"detail":"Slow down","error_code":1015,"error_name":"rate_limited","cloudflare_error":true,"retryable":true,"retry_after":30}"""
        );

        Assert.Equal((1015, true, 30.0), (body.EdgeCode, body.EdgeRetryable, body.EdgeRetryAfter));
        Assert.Equal("Error 1015: Rate limited. Slow down", body.Message);
    }

    [Theory]
    [InlineData("error code: 1010", 1010)]
    [InlineData("error code: 502", 502)]
    [InlineData("<!DOCTYPE html><html><title>Access denied | cloudflare</title>Error 1020 Ray ID: 9</html>", 1020)]
    [InlineData("<html><title>Attention Required! | Cloudflare</title></html>", 0)]
    [InlineData("<html><title>502 Bad Gateway</title>nginx</html>", null)]
    [InlineData("Internal Server Error", null)]
    public void The_edges_pages_and_texts_give_its_number(string text, int? code)
    {
        ErrorBody body = ErrorBody.Parse(text);

        Assert.True(body.IsText);
        Assert.Equal(code, body.EdgeCode);
    }

    [Fact]
    public void A_long_page_is_cut() => Assert.True(ErrorBody.Parse("<p>" + new string('x', 5000)).Message.Length < 310);
}
