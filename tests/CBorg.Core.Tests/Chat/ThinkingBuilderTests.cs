using CBorg.Core.Chat;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Chat;

public sealed class ThinkingBuilderTests
{
    private const string Whole = """[{"type":"thinking","thinking":"Let me think.","signature":"S="}]""";

    [Fact]
    public void A_plain_reply_has_whole_blocks() =>
        Assert.Equal(Whole, Build("""{"type":"thinking","thinking":"Let me think.","signature":"S="}"""));

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void Old_streams_send_text_in_pieces_and_the_signature_last(string none) =>
        Assert.Equal(
            Whole,
            Build(
                $$"""{"type":"thinking","thinking":"Let me ","signature":{{none}}}""",
                $$"""{"type":"thinking","thinking":"think.","signature":{{none}}}""",
                """{"type":"thinking","thinking":"","signature":"S="}"""
            )
        );

    [Fact]
    public void New_streams_repeat_the_whole_block_with_its_signature() =>
        Assert.Equal(
            Whole,
            Build(
                """{"type":"thinking","thinking":"Let me "}""",
                """{"type":"thinking","thinking":"think."}""",
                """{"type":"thinking","thinking":"Let me think.","signature":"S="}"""
            )
        );

    [Fact]
    public void Redacted_blocks_stay_as_they_are_and_in_their_place() =>
        Assert.Equal(
            """[{"type":"thinking","thinking":"a","signature":"1"},{"type":"redacted_thinking","data":"xyz"},{"type":"thinking","thinking":"b","signature":"2"}]""",
            Build(
                """{"type":"thinking","thinking":"a","signature":"1"}""",
                """{"type":"redacted_thinking","data":"xyz"}""",
                """{"type":"thinking","thinking":"b"}""",
                """{"type":"thinking","signature":"2"}"""
            )
        );

    [Fact]
    public void Text_without_a_signature_is_kept() =>
        Assert.Equal("""[{"type":"thinking","thinking":"a","signature":""}]""", Build("""{"type":"thinking","thinking":"a"}"""));

    [Fact]
    public void No_blocks_are_null()
    {
        ThinkingBuilder builder = new();
        builder.Add(Given.Json("""{"thinking_blocks":null}"""));
        builder.Add(Given.Json("""{"content":"x"}"""));

        Assert.Null(builder.Build());
    }

    private static string? Build(params string[] pieces)
    {
        ThinkingBuilder builder = new();
        foreach (string piece in pieces)
        {
            builder.Add(Given.Json($$"""{"thinking_blocks":[{{piece}}]}"""));
        }

        return builder.Build();
    }
}
