using System;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using CBorg.Core.Wire;
using Xunit;

namespace CBorg.Core.Tests.Service;

/// <summary>The reply as it came: for those who ask for it, and in errors.</summary>
public sealed class RawReplyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_result_has_the_reply_as_it_came_when_that_was_asked_for(bool stream)
    {
        string body = Answers.Plain("B");
        await using RawServer server = new();
        for (int i = 0; i < 2; i++)
        {
            server.Then(stream ? Play.Events(Answers.Piece("B"), Answers.Finish, Play.Done) : Play.Json(body));
        }

        ICBorgClient client = Clients.For(server);

        Assert.Null((await Asked.Of(client, Question(stream, raw: false))).Result.Raw);
        Assert.Equal(
            stream ? $"{Answers.Piece("B")}\n{Answers.Finish}\n[DONE]\n" : body,
            (await Asked.Of(client, Question(stream, raw: true))).Result.Raw
        );
    }

    [Fact]
    public async Task A_reply_that_echoes_the_key_is_shown_without_it()
    {
        await using RawServer server = new();
        server.Then(Play.Events(Answers.Piece("B"), Answers.Finish, $$"""{"note":"{{Clients.Key}}"}""", Play.Done));

        string raw = (await Asked.Of(server, Question(stream: true, raw: true))).Result.Raw!;

        Assert.DoesNotContain(Clients.Key, raw, StringComparison.Ordinal);
        Assert.Contains("sk-...WXYZ", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrived_before_a_stream_broke_off_is_there_whole_without_asking()
    {
        string[] events = [.. Enumerable.Range(0, 500).Select(i => Answers.Piece($"piece {i}"))];
        await using RawServer server = new();
        server.Then(Play.Events(events));

        CBorgStreamException broken = Assert.IsType<CBorgStreamException>((await Asked.Of(server)).Failure);

        Assert.Equal(string.Concat(events.Select(data => data + "\n")), broken.Partial.Raw);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_shown_without_asking()
    {
        await using RawServer server = new();
        server.Then(Play.Json("""{"something":"else"}"""));

        Assert.Contains(
            "It begins: {\"something\":\"else\"}",
            (await Asked.Of(server)).Failure!.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_line_without_end_is_an_invalid_response()
    {
        await using RawServer server = new();
        server.Then(async exchange =>
        {
            await Play.BeginAsync(exchange);
            string megabyte = new('x', 1024 * 1024);
            for (int i = 0; i <= EventStreamParser.LongestEvent / megabyte.Length; i++)
            {
                await exchange.ChunkAsync((i == 0 ? "data: " : "") + megabyte);
            }

            await Play.Hold(exchange);
        });

        CBorgException failure = Assert.IsType<CBorgProtocolException>((await Asked.Of(server)).Failure);

        Assert.Equal((ErrorKind.InvalidResponse, 1), (failure.Kind, server.Requests.Count));
        Assert.Contains("has a line of more than 16,777,216 bytes", failure.Message, StringComparison.Ordinal);
    }

    private static ChatRequest Question(bool stream, bool raw) =>
        new()
        {
            Model = "gpt-paid",
            Messages = [new ChatMessage(ChatRole.User, "What letter comes after A?")],
            Stream = stream,
            IncludeRaw = raw,
        };
}
