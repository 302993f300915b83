using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public class FaultsConnectionTests : IAsyncLifetime
{
    private FaultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await FaultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Without_a_script_all_is_well()
    {
        var wire = await _bench.AskAsync(null);
        Assert.Equal((200, WireEnd.Closed, true, FaultBench.Text), (wire.Status, wire.End, wire.IsComplete, wire.Text));
        Assert.Equal("data: [DONE]", wire.Events[^1]);
        Assert.Equal(7, wire.Events.Count);
    }

    [Fact]
    public async Task Refuse_closes_without_a_byte()
    {
        var wire = await _bench.AskAsync("refuse");
        Assert.Equal((0, WireEnd.Closed), (wire.Bytes.Length, wire.End));
    }

    [Fact]
    public async Task Reset_before_headers_resets_without_a_byte()
    {
        var wire = await _bench.AskAsync("reset-before-headers");
        Assert.Equal((0, WireEnd.Reset), (wire.Bytes.Length, wire.End));
    }

    [Fact]
    public async Task Stall_before_headers_says_nothing()
    {
        var wire = await _bench.AskAsync("stall-before-headers", timeout: 300);
        Assert.Equal((0, WireEnd.Silent), (wire.Bytes.Length, wire.End));
    }

    [Fact]
    public async Task A_stall_with_a_time_goes_on_after_it()
    {
        var wire = await _bench.AskAsync("stall-before-headers:200");
        Assert.Equal(FaultBench.Text, wire.Text);
        Assert.InRange(wire.Reads[0].At, 190, 3000);
    }

    [Theory]
    [InlineData("reset-mid-stream:after=3", WireEnd.Reset)]
    [InlineData("reset-mid-stream:3", WireEnd.Reset)]
    [InlineData("close-mid-stream:after=3", WireEnd.Closed)]
    public async Task The_line_breaks_after_so_many_events(string script, WireEnd end)
    {
        var wire = await _bench.AskAsync(script);
        Assert.Equal((200, end, false, 3), (wire.Status, wire.End, wire.IsComplete, wire.Events.Count));
        Assert.Equal("Grüße 日本", wire.Text);
    }

    [Fact]
    public async Task A_plain_body_breaks_in_its_middle()
    {
        var wire = await _bench.AskAsync("reset-mid-stream", stream: false);
        Assert.Equal((WireEnd.Reset, false), (wire.End, wire.IsComplete));
        Assert.StartsWith("{\"id\":\"c\"", wire.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_mid_stream_looks_complete_to_http()
    {
        var wire = await _bench.AskAsync("end-mid-stream:after=2");
        Assert.Equal((WireEnd.Closed, true, 2), (wire.End, wire.IsComplete, wire.Events.Count));
    }

    [Fact]
    public async Task Stall_mid_stream_falls_silent()
    {
        var wire = await _bench.AskAsync("stall-mid-stream:after=2", timeout: 400);
        Assert.Equal((WireEnd.Silent, 2), (wire.End, wire.Events.Count));
    }

    [Fact]
    public async Task A_stall_mid_stream_with_a_time_goes_on()
    {
        var wire = await _bench.AskAsync("stall-mid-stream:after=2:ms=250");
        Assert.Equal((WireEnd.Closed, true, 7), (wire.End, wire.IsComplete, wire.Events.Count));
        Assert.True(wire.Lasted >= 240);
    }

    [Fact]
    public async Task Stall_at_end_keeps_the_line_open_after_done()
    {
        var wire = await _bench.AskAsync("stall-at-end", timeout: 400);
        Assert.Equal((WireEnd.Silent, false, "data: [DONE]"), (wire.End, wire.IsComplete, wire.Events[^1]));
    }

    [Fact]
    public async Task Trickle_sends_few_bytes_at_a_time()
    {
        var wire = await _bench.AskAsync("trickle:bytes=40:ms=10");
        Assert.All(wire.Chunks, chunk => Assert.True(chunk.Length <= 40));
        Assert.Equal(FaultBench.Text, wire.Text);
        Assert.True(wire.Lasted > 100);
    }

    [Fact]
    public async Task Split_utf8_parts_characters()
    {
        var wire = await _bench.AskAsync("split-utf8");
        Assert.Equal(FaultBench.Text, wire.Text);
        Assert.Equal(9, wire.Chunks.Count(chunk => (chunk[0] & 0xC0) == 0x80));
        Assert.InRange(wire.Reads.Count, 2, 99);
    }

    [Fact]
    public async Task A_client_that_leaves_a_stall_is_noted()
    {
        await _bench.AskAsync("stall-before-headers", timeout: 100);
        System.Text.Json.Nodes.JsonNode? entry = null;
        for (var i = 0; i < 100 && entry?["ended"] is null; i++)
        {
            await Task.Delay(20);
            entry = (await _bench.ControlAsync("GET", "ledger")).AsArray().Single();
        }

        Assert.True((bool)entry!["client_closed"]!);
        Assert.Null(entry["status"]);
    }
}
