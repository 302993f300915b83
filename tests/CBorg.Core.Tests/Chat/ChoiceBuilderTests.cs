using CBorg.Core.Chat;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Chat;

public sealed class ChoiceBuilderTests
{
    [Fact]
    public void Text_and_thoughts_are_joined_apart()
    {
        ChoiceBuilder builder = new(0);

        Assert.Equal(
            ("", "Hm", true),
            builder.Add(Given.Json("""{"role":"assistant","content":null,"reasoning_content":"Hm"}"""), null)
        );
        Assert.Equal(("B", "", true), builder.Add(Given.Json("""{"content":"B"}"""), null));
        Assert.Equal(("", "", false), builder.Add(Given.Json("{}"), "stop"));
        ChatChoice choice = builder.Build();

        Assert.Equal(("B", "Hm", "stop"), (choice.Message.Content, choice.Message.Reasoning, choice.FinishReason));
    }

    [Fact]
    public void An_empty_chunk_after_the_end_does_not_take_the_reason_away()
    {
        ChoiceBuilder builder = new(0);
        builder.Add(Given.Json("{}"), "length");
        builder.Add(Given.Json("{}"), null);

        Assert.Equal("length", builder.Build().FinishReason);
    }

    [Theory]
    [InlineData("""{"content":null}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("""{"content":""}""", "")]
    [InlineData("""{"content":[{"type":"text","text":"a"},{"type":"image_url"},{"type":"text","text":"b"}]}""", "ab")]
    public void Content_is_null_empty_text_or_parts(string message, string? content)
    {
        ChoiceBuilder builder = new(0);
        builder.Add(Given.Json(message), "stop");

        Assert.Equal(content, builder.Build().Message.Content);
    }

    [Fact]
    public void Calls_decide_over_the_word_stop_and_no_other()
    {
        const string call = """{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}""";
        ChoiceBuilder stop = new(0);
        stop.Add(Given.Json(call), "stop");
        ChoiceBuilder length = new(0);
        length.Add(Given.Json(call), "length");

        Assert.Equal("tool_calls", stop.Build().FinishReason);
        Assert.Equal("length", length.Build().FinishReason);
    }

    [Fact]
    public void Several_choices_are_kept_apart_and_all_must_end()
    {
        ChatAccumulator answer = new();
        answer.Add(Given.Json("""{"choices":[{"index":1,"delta":{"content":"two"}},{"index":0,"delta":{"content":"one"}}]}"""));
        answer.Add(Given.Json("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""));
        Assert.False(answer.Finished);
        answer.Add(Given.Json("""{"choices":[{"index":1,"delta":{},"finish_reason":"length"}]}"""));

        Assert.True(answer.Finished);
        Assert.Equal(("one", "two"), (answer.Choices()[0].Message.Content, answer.Choices()[1].Message.Content));
    }

    [Fact]
    public void The_last_usage_seen_counts_and_null_does_not_remove_it()
    {
        ChatAccumulator answer = new();
        answer.Add(Given.Json("""{"choices":[],"usage":{"prompt_tokens":1.0,"completion_tokens":"2"}}"""));
        answer.Add(Given.Json("""{"choices":[{"index":0,"delta":{}}],"usage":null}"""));

        Assert.Equal((1L, 2L), (answer.Usage!.PromptTokens, answer.Usage.CompletionTokens));
    }
}
