using System;
using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Emulator.Answers;
using Xunit;

namespace CBorg.Emulator.Tests;

public class AnswersTests
{
    [Theory]
    [InlineData("What letter comes after A?", "B")]
    [InlineData("What letter comes after y?", "Z")]
    [InlineData("Which letter follows the letter \"Q\" ... I mean: which letter comes after 'Q' in the alphabet?", "R")]
    [InlineData("What letter comes before M?", "L")]
    [InlineData("What is 12*7+1?", "85")]
    [InlineData("2+2", "4")]
    [InlineData("What is (1 + 2) * -3?", "-9")]
    [InlineData("What is 7 times 6?", "42")]
    [InlineData("Calculate 1/4. Answer with the number only.", "0.25")]
    [InlineData("Echo: hello", "hello")]
    [InlineData("Repeat after me: the \"quick\" fox", "the \"quick\" fox")]
    [InlineData("Say hello", "hello")]
    [InlineData("Reply with exactly: OK", "OK")]
    [InlineData("Please say \"hi there\"", "hi there")]
    [InlineData("You must reply with only the word PONG", "PONG")]
    [InlineData("Count to 5", "1 2 3 4 5")]
    [InlineData("Write 3 words", "light water stone")]
    [InlineData("Classify as positive or negative: I love this beamline.", "positive")]
    [InlineData("Classify the following as positive, negative or neutral: The meeting is on Tuesday.", "neutral")]
    [InlineData(
        "Classify the sentiment of this text as positive or negative.\nIt was not good at all, a waste of time.",
        "negative"
    )]
    [InlineData("Classify this as one of: physics, biology, sport. The genome of the bacteria was sequenced.", "biology")]
    [InlineData("Is the sentiment positive or negative: terrible service", "negative")]
    public void A_known_question_gets_its_answer(string prompt, string answer) =>
        Assert.Equal(answer, TextOf(Requests.Chat(prompt)));

    [Fact]
    public void Labels_may_stand_in_the_system_prompt()
    {
        var request = Requests.Of(
            ("system", "Classify the review as positive, negative or mixed. Answer with one word."),
            ("user", "What a wonderful day")
        );
        Assert.Equal("positive", TextOf(request));
    }

    [Fact]
    public void Anything_else_is_described()
    {
        var request = Requests.Of(
            ("system", "You are terse."),
            ("user", "Hello"),
            ("assistant", "Hi"),
            ("user", "Tell me about the sea.")
        );
        Assert.Equal(
            "I received 4 messages (1 system, 2 user, 1 assistant). The system prompt begins: \"You are terse.\". "
                + "The last prompt has 22 characters and 5 words. It begins: \"Tell me about the sea.\".",
            TextOf(request)
        );
    }

    [Theory]
    [InlineData("2026-11-22")]
    [InlineData("How many people came: 3 - 5?")]
    [InlineData("Translate this text, and be brief: Guten Tag")]
    public void What_only_looks_like_a_known_question_is_none(string prompt) =>
        Assert.StartsWith("I received", TextOf(Requests.Chat(prompt)), StringComparison.Ordinal);

    [Theory]
    [InlineData("rate the tone of this, as is ")]
    [InlineData("1, 2 3. ")]
    [InlineData("Zm9vYmFy")]
    [InlineData("name is a letter name: ")]
    [InlineData("(((((")]
    [InlineData("            ")]
    public void A_long_prompt_is_answered_soon(string piece)
    {
        var prompt = string.Concat(Enumerable.Repeat(piece, 500_000 / piece.Length)) + "!";
        var schema = JsonNode.Parse(
            """{"name":"x","schema":{"type":"object","properties":{"name":{"type":"string"},"email":{"type":"string"},"age":{"type":"integer"},"city":{"type":"string"},"sum":{"type":"string"},"when":{"type":"string","format":"date-time"}}}}"""
        )!;
        var format = new JsonObject { ["type"] = "json_schema", ["json_schema"] = schema };
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotNull(TextOf(Requests.Chat(prompt, ("response_format", format))));
        Assert.NotNull(TextOf(Requests.Chat(prompt)));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    public void The_same_request_gets_the_same_answer()
    {
        var request = Requests.Chat("Tell me a story", ("seed", 7));
        Assert.Equal(TextOf(request), TextOf(request));
    }

    [Fact]
    public void Max_tokens_cuts_the_answer()
    {
        var answer = Requests.Answer(Requests.Chat("Count to 50", ("max_tokens", 5)));
        Assert.Equal("1 2 3 4 5", answer.Choices[0].Text);
        Assert.Equal("length", answer.Choices[0].FinishReason);
        Assert.Equal(5, answer.CompletionTokens);
        Assert.Equal(5, Requests.Answer(Requests.Chat("Count to 50", ("max_completion_tokens", 5))).CompletionTokens);
    }

    [Fact]
    public void An_answer_that_just_fits_is_complete()
    {
        var answer = Requests.Answer(Requests.Chat("Count to 5", ("max_tokens", 5)));
        Assert.Equal("stop", answer.Choices[0].FinishReason);
    }

    [Fact]
    public void Stop_ends_the_answer()
    {
        Assert.Equal("1 2 3 4 ", TextOf(Requests.Chat("Count to 9", ("stop", "5"))));
        Assert.Equal("1 2 ", TextOf(Requests.Chat("Count to 9", ("stop", new JsonArray("7", "3")))));
    }

    [Fact]
    public void N_makes_choices_and_their_tokens()
    {
        var answer = Requests.Answer(Requests.Chat("Count to 4", ("n", 3)));
        Assert.Equal(3, answer.Choices.Count);
        Assert.Equal(12, answer.CompletionTokens);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("What letter comes after A?", 6)]
    [InlineData("1234567", 3)]
    [InlineData("characters", 2)]
    [InlineData("日本語", 3)]
    [InlineData("a\n\n\nb", 3)]
    [InlineData("😀", 1)]
    public void Tokens_are_counted_by_the_stated_rule(string text, int tokens) => Assert.Equal(tokens, TokenCounter.Count(text));

    [Fact]
    public void Pieces_put_together_are_the_text()
    {
        const string Text = "  It is 12.5 °C in\tBerkeley,\r\n\r\n日本 😀!";
        Assert.Equal(Text, string.Concat(TokenCounter.Pieces(Text)));
    }

    [Fact]
    public void A_prompt_longer_than_the_model_takes_is_refused()
    {
        var traits = Requests.Traits with { MaxInputTokens = 20 };
        var refused = Assert.Throws<RequestRefused>(() =>
            Requests.Answer(Requests.Chat(string.Join(' ', Enumerable.Repeat("word", 30))), traits)
        );
        Assert.Equal("context_length_exceeded", refused.Code);
        Assert.StartsWith(
            "This model's maximum context length is 20 tokens. However, your messages resulted in 37 tokens.",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_reasoning_model_thinks_first()
    {
        var answer = Requests.Answer(
            Requests.Chat("What letter comes after A?"),
            Requests.Traits with
            {
                Reasoning = ReasoningKind.Shown,
            }
        );
        Assert.Equal("B", answer.Choices[0].Text);
        Assert.StartsWith("The last message has 5 words.", answer.Choices[0].Reasoning, StringComparison.Ordinal);
        Assert.Equal(TokenCounter.Count(answer.Choices[0].Reasoning), answer.ReasoningTokens);
        Assert.Equal(answer.ReasoningTokens + 1, answer.CompletionTokens);
    }

    [Fact]
    public void More_effort_is_more_reasoning()
    {
        var traits = Requests.Traits with { Reasoning = ReasoningKind.Hidden };
        int Tokens(string effort) => Requests.Answer(Requests.Chat("Hi", ("reasoning_effort", effort)), traits).ReasoningTokens;
        Assert.True(Tokens("minimal") < Tokens("low") && Tokens("low") < Tokens("high"));
        Assert.Equal(0, Tokens("none"));
        Assert.Null(Requests.Answer(Requests.Chat("Hi"), traits).Choices[0].Reasoning);
    }

    [Fact]
    public void A_model_that_thinks_on_request_waits_for_it()
    {
        var traits = Requests.Traits with { Reasoning = ReasoningKind.OnRequest };
        Assert.Null(Requests.Answer(Requests.Chat("Hi"), traits).Choices[0].Reasoning);
        var thinking = Requests.Chat("Hi", ("thinking", new JsonObject { ["type"] = "enabled", ["budget_tokens"] = 1024 }));
        Assert.NotNull(Requests.Answer(thinking, traits).Choices[0].Reasoning);
    }

    [Fact]
    public void Tiny_max_tokens_are_thought_away()
    {
        var answer = Requests.Answer(
            Requests.Chat("What letter comes after A?", ("max_tokens", 4)),
            Requests.Traits with
            {
                Reasoning = ReasoningKind.Shown,
            }
        );
        Assert.Null(answer.Choices[0].Text);
        Assert.Equal("length", answer.Choices[0].FinishReason);
        Assert.Equal("The last message has", answer.Choices[0].Reasoning);
        Assert.Equal((4, 4), (answer.CompletionTokens, answer.ReasoningTokens));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"messages":null}""")]
    [InlineData(
        """{"messages":["hello",7,null,{"content":[{"type":"text"},{"type":"image_url"},{"type":"file"},5]}],"tools":[1],"response_format":"json"}"""
    )]
    public void Whatever_comes_gets_an_answer(string request) => Assert.NotEmpty(TextOf(JsonNode.Parse(request)!.AsObject())!);

    private static string? TextOf(JsonObject request) => Requests.Answer(request).Choices[0].Text;
}
