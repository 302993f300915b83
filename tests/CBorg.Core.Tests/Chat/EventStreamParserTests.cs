using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CBorg.Core.Wire;
using Xunit;

namespace CBorg.Core.Tests.Chat;

/// <summary>The HTML standard's event streams, whichever way their bytes come, and their bounds.</summary>
public sealed class EventStreamParserTests
{
    [Theory]
    [InlineData("data: a\n\n", "message:a")]
    [InlineData("data:a\r\n\r\n", "message:a")]
    [InlineData("data: a\r\rdata: b\r\r", "message:a|message:b")]
    [InlineData("data: a\r\n\rdata: b\n\r\n", "message:a|message:b")]
    [InlineData("\uFEFFdata: a\n\n", "message:a")]
    [InlineData("\uFEFF\uFEFFdata: a\n\ndata: b\n\n", "message:b")]
    [InlineData(": comment\n:\ndata: a\n\n", "message:a")]
    [InlineData("data: a\ndata:\ndata: ä→🙂\n\n", "message:a\n\nä→🙂")]
    [InlineData("data:  two spaces\n\n", "message: two spaces")]
    [InlineData("data\n\n", "message:")]
    [InlineData("data: a:b\n\n", "message:a:b")]
    [InlineData("Data: a\ndatax: b\nid: 7\nretry: 1\n\n", "")]
    [InlineData("event: error\ndata: a\n\ndata: b\n\n", "error:a|message:b")]
    [InlineData("event: ping\n\ndata: b\n\n", "message:b")]
    [InlineData("event: ping\nevent: pong\ndata: b\n\n", "pong:b")]
    [InlineData("event:\ndata: b\n\n", "message:b")]
    [InlineData("data: a\n\ndata: lost\n", "message:a")]
    [InlineData("data: a\n\ndata: lost", "message:a")]
    [InlineData("\n\n\r\n\r\rdata: a\n\n", "message:a")]
    [InlineData("data: [DONE]\n\n", "message:[DONE]")]
    public void Events_are_what_the_standard_says(string stream, string events)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(stream);

        // At once, byte by byte, and cut at each place.
        Assert.Equal(events, Parse(bytes));
        Assert.Equal(events, Parse([.. bytes.Select(single => new[] { single })]));
        Assert.All(Enumerable.Range(1, bytes.Length - 1), cut => Assert.Equal(events, Parse(bytes[..cut], bytes[cut..])));
    }

    [Fact]
    public void Long_lines_and_many_events_are_whole()
    {
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => new string((char)('a' + (i % 26)), i * 100))];
        string stream = string.Concat(texts.Select(text => $"data: {text}\n\n"));

        Assert.Equal(string.Join('|', texts.Select(text => "message:" + text)), Parse(Encoding.UTF8.GetBytes(stream)));
    }

    [Theory]
    [InlineData("data: 89012345678901234567")]
    [InlineData("data: 8901234\ndata: 8901234\n\n")]
    [InlineData(": 34567890123456789")]
    public void A_longer_event_or_line_than_allowed_is_refused(string stream)
    {
        EventStreamTooLongException refused = Assert.Throws<EventStreamTooLongException>(() =>
            Parse(new EventStreamParser(longestEvent: 15), Encoding.UTF8.GetBytes(new string('\n', 8192 - 16) + stream))
        );

        Assert.Contains("15 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_longer_stream_than_allowed_is_refused()
    {
        byte[] events = Encoding.UTF8.GetBytes("data: a\n\ndata: b\n\n");

        Assert.Equal("message:a|message:b", Parse(new EventStreamParser(longestStream: events.Length), events));
        Assert.Contains(
            "is longer than 17 bytes",
            Assert.Throws<EventStreamTooLongException>(() => Parse(new EventStreamParser(longestStream: 17), events)).Message,
            StringComparison.Ordinal
        );
    }

    private static string Parse(params byte[][] pieces) => Parse(new EventStreamParser(), pieces);

    private static string Parse(EventStreamParser parser, params byte[][] pieces)
    {
        List<string> events = [];
        foreach (byte[] piece in pieces)
        {
            for (int at = 0; at < piece.Length; )
            {
                Memory<byte> room = parser.Room();
                int count = Math.Min(room.Length, piece.Length - at);
                piece.AsMemory(at, count).CopyTo(room);
                parser.Filled(count);
                at += count;
                while (parser.Next())
                {
                    events.Add($"{parser.EventType}:{Encoding.UTF8.GetString(parser.Data)}");
                }
            }
        }

        return string.Join('|', events);
    }
}
