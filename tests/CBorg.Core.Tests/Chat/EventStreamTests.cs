using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Chat;

/// <summary>The forms that an event stream may have on the wire.</summary>
public sealed class EventStreamTests
{
    private static readonly string s_text =
        $"data: {Answers.Piece("After ä → 🙂")}\n\ndata: {Answers.Piece(" B.")}\n\ndata: {Answers.Finish}\n\ndata: {Answers.Usage}\n\ndata: [DONE]\n\n";

    [Fact]
    public async Task A_cut_at_any_byte_changes_nothing()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(s_text);
        await using RawServer server = new();
        ICBorgClient client = Clients.For(server);
        for (int cut = 1; cut < bytes.Length; cut++)
        {
            server.Then(Play.Pieces(bytes[..cut], bytes[cut..]));
            ChatResult result = (await Asked.Of(client)).Result;
            Assert.Equal(("After ä → 🙂 B.", "stop", 17L), (result.Text, result.FinishReason, result.PromptTokens));
        }
    }

    [Fact]
    public async Task Single_bytes_are_enough() =>
        await Gives("After ä → 🙂 B.", [.. Encoding.UTF8.GetBytes(s_text).Select(single => new[] { single })]);

    [Fact]
    public async Task Lines_may_end_as_on_Windows() =>
        await Gives("After ä → 🙂 B.", s_text.Replace("\n", "\r\n", StringComparison.Ordinal));

    [Fact]
    public async Task Lines_may_end_as_on_old_Macs() =>
        await Gives("After ä → 🙂 B.", s_text.Replace("\n", "\r", StringComparison.Ordinal));

    [Fact]
    public async Task A_byte_order_mark_is_no_text() => await Gives("After ä → 🙂 B.", "\uFEFF" + s_text);

    [Fact]
    public async Task Comments_and_pings_are_passed_over() =>
        await Gives(
            "After ä → 🙂 B.",
            ": ping\n\n"
                + s_text.Replace("\n\ndata", "\n\n: ping\n\n:\nid: 7\nretry: 100\nunknown\ndata", StringComparison.Ordinal)
        );

    [Fact]
    public async Task Events_of_other_names_are_passed_over() =>
        await Gives(
            "After ä → 🙂 B.",
            "event: ping\ndata: {\"type\":\"ping\"}\n\nevent: anything\ndata: 17\n\nevent: list\ndata: []\n\n" + s_text
        );

    [Fact]
    public async Task The_space_after_the_colon_may_be_missing() =>
        await Gives("After ä → 🙂 B.", s_text.Replace("data: ", "data:", StringComparison.Ordinal));

    [Fact]
    public async Task An_event_may_have_several_lines_of_data() =>
        await Gives(
            "two",
            "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"two\"}}]}\n\ndata: "
                + Answers.Finish
                + "\n\ndata: [DONE]\n\n"
        );

    [Fact]
    public async Task Empty_data_is_passed_over() => await Gives("After ä → 🙂 B.", "data:\n\ndata: \n\n" + s_text);

    [Fact]
    public async Task The_end_may_lack_its_last_line_break() =>
        await Gives("x", $"data: {Answers.Piece("x")}\n\ndata: {Answers.Finish}\n\ndata: [DONE]");

    [Fact]
    public async Task What_comes_after_the_end_is_not_read() =>
        await Gives("After ä → 🙂 B.", s_text + $"data: {Answers.Piece("more")}\n\nnonsense");

    [Fact]
    public async Task A_letter_that_is_split_over_two_events_is_one_again() =>
        await Gives(
            "🙂",
            Stream(
                """{"choices":[{"index":0,"delta":{"content":"\ud83d"}}]}""",
                """{"choices":[{"index":0,"delta":{"content":"\ude42"}}]}""",
                Answers.Finish
            )
        );

    [Fact]
    public async Task Half_a_letter_does_not_take_the_rest_of_the_answer_away() =>
        await Gives(
            "a\udc00\"\n\u0042",
            Stream("""{"choices":[{"index":0,"delta":{"content":"a\udc00\"\n\u0042"}}]}""", Answers.Finish)
        );

    [Fact]
    public async Task A_name_that_is_no_text_does_not_hide_the_others() =>
        await Gives(
            "B",
            Stream("""{"choices":[{"index":0,"delta":{"content":"B","\ud83dabcdefgh":1}}],"\ud83dabcdefgh":[]}""", Answers.Finish)
        );

    [Fact]
    public async Task Bytes_that_are_no_text_are_replaced_and_the_rest_stays()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Stream(Answers.Piece("a~b"), Answers.Finish));
        bytes[Array.IndexOf(bytes, (byte)'~')] = 0xE1;
        await Gives("a\uFFFDb", [bytes]);
    }

    [Fact]
    public async Task Thoughts_with_half_a_letter_can_be_sent_back()
    {
        await using RawServer server = new();
        server.Then(
            Play.Events(
                """{"choices":[{"index":0,"delta":{"content":"B","thinking_blocks":[{"type":"redacted_thinking","data":"x\ud83d"}]}}]}""",
                Answers.Finish,
                Play.Done
            )
        );
        Asked asked = await Asked.Of(server);
        Assert.Contains("redacted_thinking", asked.Result.Choices[0].Message.ThinkingBlocks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_piece_is_shown_once_and_in_order()
    {
        await using RawServer server = new();
        server.Then(
            Play.Events(Answers.Thought("Hm"), Answers.Piece("a"), Answers.Piece("b"), Answers.Finish, Answers.Usage, Play.Done)
        );
        Asked asked = await Asked.Of(server);

        Assert.Equal([("", "Hm"), ("a", ""), ("b", ""), ("", "")], asked.Deltas.Select(delta => (delta.Text, delta.Reasoning)));
        Assert.Same(asked.Result, asked.Deltas[^1].Result);
        Assert.All(asked.Deltas.SkipLast(1), delta => Assert.Null(delta.Result));
        Assert.Equal([1, 2, 3, 3], asked.Deltas.Select(delta => delta.Count));
        Assert.Equal(("ab", "Hm"), (asked.Result.Text, asked.Result.Reasoning));
    }

    private static string Stream(params string[] events) =>
        string.Concat(events.Append(Play.Done).Select(data => $"data: {data}\n\n"));

    private static Task Gives(string text, string stream) => Gives(text, [Encoding.UTF8.GetBytes(stream)]);

    private static async Task Gives(string text, byte[][] pieces)
    {
        await using RawServer server = new();
        server.Then(Play.Pieces(pieces));
        Asked asked = await Asked.Of(server, retries: 0);

        Assert.Equal((text, "stop"), (asked.Result.Text, asked.Result.FinishReason));
        Assert.Equal(text, asked.Shown);
    }
}
