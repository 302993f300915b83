using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class StreamingTests
{
    [Fact]
    public async Task Every_event_leaves_when_its_token_is_there()
    {
        await using var caller = await Caller.StartAsync(new EmulatorOptions { TokensPerSecond = 20, Latency = 200 });

        var wire = await Wire.SendAsync(caller.Host.Url, caller.Raw("personal", Ask("Echo: one two three four five six", "gpt-4o")), 10_000);

        Assert.True(wire.IsComplete);
        Assert.Equal("data: [DONE]", wire.Events[^1]);
        Assert.Equal("one two three four five six", string.Concat(wire.Objects.Select(o => (string?)o["choices"]?[0]?["delta"]?["content"])));
        Assert.True(wire.Reads.Count >= 6, $"{wire.Reads.Count} pieces");
        Assert.InRange(wire.Reads[0].At, 150, 5_000);
        Assert.True(wire.Lasted - wire.Reads[0].At >= 200, $"{wire.Lasted - wire.Reads[0].At} ms");
    }

    [Fact]
    public async Task A_stream_holds_its_slot_to_its_end()
    {
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key", "max_parallel_requests": 1}""");

        var slow = caller.ChatAsync("key", "slow", ("stream", true));
        await Task.Delay(300);
        var meanwhile = await caller.ChatAsync();
        var stream = await slow;
        var afterwards = await caller.ChatAsync();

        Assert.Equal(429, meanwhile.Status);
        Assert.EndsWith("data: [DONE]\n\n", stream.Text);
        Assert.Equal(200, afterwards.Status);
    }

    [Fact]
    public async Task The_slot_of_a_closed_stream_comes_back_soon_in_the_newest_generation()
    {
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key", "max_parallel_requests": 1}""");

        await OpenAndCloseAsync(caller);

        Assert.True(await PassesWithinAsync(caller, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task The_slot_of_a_closed_stream_stays_taken_while_the_provider_goes_on_in_earlier_ones()
    {
        await using var caller = await Caller.StartAsync("1.81", """{"role": "key", "max_parallel_requests": 1}""");

        await OpenAndCloseAsync(caller);

        Assert.False(await PassesWithinAsync(caller, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("1.77", "text/event-stream", 503)]
    [InlineData("1.81", "application/json", 503)]
    [InlineData("1.102", "application/json", 500)]
    public async Task An_error_before_the_first_chunk_is_a_status(string generation, string kind, int status)
    {
        await using var caller = await Caller.StartAsync(new EmulatorOptions { LiteLLM = generation, Catalog = "recordings" });

        var wire = await Wire.SendAsync(caller.Host.Url, caller.Raw("personal", Ask("Hi", "x-s-errorfirst")), 10_000);

        Assert.Equal(status, wire.Status);
        Assert.StartsWith(kind, wire.Header("content-type"));
    }

    private static JsonObject Ask(string prompt, string model)
    {
        var body = Requests.Chat(prompt, ("stream", true));
        body["model"] = model;
        return body;
    }

    private static async Task OpenAndCloseAsync(Caller caller)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(caller.Host.Url.Host, caller.Host.Url.Port);
        var line = client.GetStream();
        await line.WriteAsync(Encoding.UTF8.GetBytes(caller.Raw("key", Ask("Hi", "stalls"))));
        var buffer = new byte[4096];
        Assert.True(await line.ReadAsync(buffer) > 0);
        await Task.Delay(100);
    }

    private static async Task<bool> PassesWithinAsync(Caller caller, TimeSpan time)
    {
        var end = DateTime.UtcNow + time;
        while (DateTime.UtcNow < end)
        {
            if ((await caller.ChatAsync()).Status == 200)
            {
                return true;
            }

            await Task.Delay(100);
        }

        return false;
    }
}
