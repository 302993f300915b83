using System;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Chat;

/// <summary>Replies to a request for a stream that are none.</summary>
public sealed class OtherRepliesTests
{
    [Fact]
    public async Task One_JSON_body_is_an_answer_and_is_shown_in_one_piece()
    {
        await using RawServer server = new();
        server.Then(Play.Answer("After A comes B.", "x-litellm-response-cost: 4.1e-05"));
        Asked asked = await Asked.Of(server);

        Assert.Equal(("After A comes B.", "After A comes B."), (asked.Result.Text, asked.Shown));
        Assert.Equal((0.000041m, CostSource.Header), (asked.Result.Cost, asked.Result.CostSource));
        Assert.Null(asked.Result.TimeToFirstToken);
    }

    [Fact]
    public async Task A_stream_under_another_content_type_is_still_a_stream()
    {
        await using RawServer server = new();
        server.Then(
            Play.Body($": hi\n\ndata: {Answers.Piece("B")}\n\ndata: {Answers.Finish}\n\ndata: [DONE]\n\n", "text/plain", 200)
        );

        Assert.Equal("B", (await Asked.Of(server)).Result.Text);
    }

    [Theory]
    [InlineData("text/html", "<html><body>Please log in</body></html>")]
    [InlineData("application/json", "[1,2]")]
    [InlineData("application/json", "{\"choices\":[]}")]
    [InlineData("application/json", "{\"choices\":[{\"index\":0}]}")]
    [InlineData("application/json", "{\"cut\":")]
    [InlineData("application/json", "")]
    [InlineData("text/plain", "hello")]
    public async Task What_holds_no_answer_is_said_to_be_unreadable_and_not_tried_again(string contentType, string body)
    {
        await using RawServer server = new();
        server.Then(Play.Body(body, contentType, 200));
        Asked asked = await Asked.Of(server, retries: 3);

        Assert.IsType<CBorgProtocolException>(asked.Failure);
        Assert.Contains(body, asked.Failure.Message, StringComparison.Ordinal);
        Assert.Contains(contentType, asked.Failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_key_in_an_unreadable_answer_is_not_repeated()
    {
        await using RawServer server = new();
        server.Then(Play.Body($"<html>{Clients.Key}</html>", "text/html", 200));

        Assert.DoesNotContain(Clients.Key, (await Asked.Of(server)).Failure!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", "n" + Clients.Key)]
    [InlineData("text/event-stream", "data: n" + Clients.Key + "\n\n")]
    public async Task A_key_where_the_JSON_breaks_is_not_repeated(string contentType, string body)
    {
        await using RawServer server = new() { Otherwise = Play.Body(body, contentType, 200) };
        Asked asked = await Asked.Of(server, retries: 0);

        Assert.DoesNotContain(Clients.Key, asked.Failure!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_under_status_200_is_an_error()
    {
        await using RawServer server = new();
        server.Then(Play.Error(200, "Budget has been exceeded! Current cost: 2", "budget_exceeded"));

        Assert.Equal(ErrorKind.Budget, (await Asked.Of(server)).Kind);
    }

    [Fact]
    public async Task A_plain_reply_that_breaks_is_tried_again_when_nothing_was_shown()
    {
        await using RawServer server = new();
        server
            .Then(async exchange =>
            {
                await exchange.WriteAsync(Play.Head(200, "application/json", "Content-Length: 500") + "{\"choices\":[");
                exchange.Reset();
            })
            .Then(Play.Answer("B"));

        Assert.Equal(("B", 2), ((await Asked.Of(server, Clients.Question(stream: false))).Result.Text, server.Requests.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_only_thought_or_called_is_an_empty_text(bool stream)
    {
        await using RawServer server = new();
        const string message = """{"index":0,"finish_reason":"length","MESSAGE":{"content":null,"reasoning_content":"Hm"}}""";
        string choice = message.Replace("MESSAGE", stream ? "delta" : "message", StringComparison.Ordinal);
        string body =
            $$"""{"choices":[{{choice}}],"usage":{"prompt_tokens":1,"completion_tokens":9,"completion_tokens_details":{"reasoning_tokens":9} } }""";
        server.Then(stream ? Play.Events(body, Play.Done) : Play.Json(body));
        Asked asked = await Asked.Of(server, Clients.Question(stream: stream));

        Assert.Equal(("", "Hm", "length"), (asked.Result.Text, asked.Result.Reasoning, asked.Result.FinishReason));
        Assert.Contains(
            asked.Events,
            told =>
                told.Kind == CallEventKind.Warning
                && told.Message.Contains("spent all 9 tokens thinking", StringComparison.Ordinal)
        );
    }
}
