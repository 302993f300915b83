using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public class FaultsStreamTests : IAsyncLifetime
{
    private FaultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await FaultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("error-mid-stream:after=3", "\"code\":\"500\"", false)]
    [InlineData("error-mid-stream:after=3:code=number:status=503", "\"code\":503", false)]
    [InlineData("error-mid-stream:after=3:done", "\"code\":\"500\"", true)]
    [InlineData(
        "error-mid-stream:after=3:code=null:message=Oh%20no",
        "\"message\":\"Oh no\",\"type\":null,\"param\":null,\"code\":null",
        false
    )]
    public async Task An_error_object_ends_the_stream(string script, string words, bool done)
    {
        var wire = await _bench.AskAsync(script);
        Assert.Equal((200, WireEnd.Closed, true), (wire.Status, wire.End, wire.IsComplete));
        Assert.Equal("Grüße 日本", wire.Text);
        Assert.StartsWith("data: {\"error\":{", wire.Events[3], StringComparison.Ordinal);
        Assert.Contains(words, wire.Events[3], StringComparison.Ordinal);
        Assert.Equal(done ? ["data: [DONE]"] : [], wire.Events.Skip(4));
    }

    [Fact]
    public async Task No_done_leaves_it_out()
    {
        var wire = await _bench.AskAsync("no-done");
        Assert.Equal((true, 6), (wire.IsComplete, wire.Events.Count));
        Assert.DoesNotContain("[DONE]", wire.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_usage_leaves_it_out()
    {
        var wire = await _bench.AskAsync("no-usage");
        Assert.DoesNotContain("usage", wire.Body, StringComparison.Ordinal);
        Assert.Equal((6, "data: [DONE]"), (wire.Events.Count, wire.Events[^1]));
        Assert.DoesNotContain("usage", (await _bench.AskAsync("no-usage", stream: false)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first", "0", "")]
    [InlineData("every", "0,1,2,3,4", "")]
    [InlineData("finish", "4", "")]
    [InlineData("after-empty", "6", "[]")]
    [InlineData("empty-choices", "5", "[]")]
    [InlineData("after-done", "6", "[]")]
    public async Task Usage_comes_in_odd_places(string place, string where, string choices)
    {
        var wire = await _bench.AskAsync($"usage:{place}");
        var withUsage = wire
            .Events.Select((text, index) => (text, index))
            .Where(pair => pair.text.Contains("\"usage\"", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(where, string.Join(',', withUsage.Select(pair => pair.index)));
        Assert.Equal(place == "after-done" ? 5 : wire.Events.Count - 1, wire.Events.ToList().IndexOf("data: [DONE]"));
        Assert.Equal(13, (int)JsonNode.Parse(withUsage[0].text[6..])!["usage"]!["total_tokens"]!);
        Assert.Equal(choices.Length > 0, withUsage[^1].text.Contains("\"choices\":[]", StringComparison.Ordinal));
        Assert.Equal(FaultBench.Text, wire.Text);
    }

    [Theory]
    [InlineData("comments", ": keep-alive\n\ndata: {")]
    [InlineData("pings", ": ping\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\ndata: {")]
    [InlineData("unknown-events", "event: surprise\nid: 7\nretry: 3000\ndata: {\"surprise\":true}\n\ndata: {")]
    public async Task Lines_that_mean_nothing_stand_between(string script, string beginning)
    {
        var wire = await _bench.AskAsync(script);
        Assert.StartsWith(beginning, wire.Body, StringComparison.Ordinal);
        Assert.Equal(FaultBench.Text, wire.Text);
    }

    [Fact]
    public async Task Unknown_members_are_everywhere()
    {
        var wire = await _bench.AskAsync("unknown-members");
        Assert.All(
            wire.Objects,
            chunk =>
            {
                Assert.NotNull(chunk["x_unknown"]!["list"]);
                Assert.NotNull(chunk["choices"]![0]!["delta"]!["x_unknown"]);
            }
        );
        Assert.NotNull(
            JsonNode.Parse((await _bench.AskAsync("unknown-members", stream: false)).Body)!["choices"]![0]!["message"]![
                "x_unknown"
            ]
        );
    }

    [Fact]
    public async Task Crlf_ends_every_line()
    {
        var wire = await _bench.AskAsync("comments;crlf");
        Assert.Equal(wire.Body.Count(letter => letter == '\n'), wire.Body.Split("\r\n").Length - 1);
        Assert.EndsWith("data: [DONE]\r\n\r\n", wire.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_space_stands_after_data()
    {
        var wire = await _bench.AskAsync("no-space");
        Assert.All(wire.Events, text => Assert.Matches("^data:[{[]", text));
    }

    [Fact]
    public async Task Json_is_cut_in_the_middle()
    {
        var wire = await _bench.AskAsync("truncate-json:after=2");
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(wire.Events[2][6..]));
        Assert.Equal((true, 7), (wire.IsComplete, wire.Events.Count));
        var plain = await _bench.AskAsync("truncate-json", stream: false);
        Assert.True(plain.IsComplete);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(plain.Body));
    }

    [Fact]
    public async Task Garbage_comes_between_or_instead()
    {
        var wire = await _bench.AskAsync("garbage:after=2");
        Assert.Equal(("data: <<< this is not JSON >>>", 8), (wire.Events[2], wire.Events.Count));
        Assert.Equal("bla", (await _bench.AskAsync("garbage:text=bla", stream: false)).Body);
    }

    [Fact]
    public async Task A_stream_may_be_answered_with_a_body()
    {
        var wire = await _bench.AskAsync("json-body");
        Assert.Equal((200, "application/json"), (wire.Status, wire.Header("content-type")));
        Assert.Equal(FaultBench.Text, (string?)JsonNode.Parse(wire.Body)!["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public async Task The_content_type_may_lie()
    {
        var wire = await _bench.AskAsync("content-type:text%2Fhtml");
        Assert.Equal(("text/html", FaultBench.Text), (wire.Header("content-type"), wire.Text));
    }

    [Fact]
    public async Task Faults_can_be_put_together()
    {
        var wire = await _bench.AskAsync("no-usage; no-done; unknown-members; trickle:bytes=20:ms=1; reset-mid-stream:after=4");
        Assert.Equal((WireEnd.Reset, FaultBench.Text), (wire.End, wire.Text));
    }
}
