using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class StreamingTests
{
    [Fact]
    public async Task Every_event_leaves_when_its_token_is_there()
    {
        var clock = TurnableClock.Manual();
        await using var caller = await Caller.StartAsync(
            new EmulatorOptions
            {
                TokensPerSecond = 1,
                Latency = 2000,
                Clock = clock,
            }
        );
        using var client = new TcpClient();
        await client.ConnectAsync(caller.Host.Url.Host, caller.Host.Url.Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(caller.Raw("personal", Ask("Echo: one two three", "gpt-4o"))));
        await caller.UntilWaitingAsync(1);
        await clock.AdvanceAsync(TimeSpan.FromSeconds(2));

        var text = "";
        foreach (
            var (word, next) in (IEnumerable<(string, string)>)
                [("one", " two"), (" two", " three"), (" three", "[DONE]"), ("[DONE]", "nothing")]
        )
        {
            await clock.AdvanceAsync(TimeSpan.FromSeconds(word == "[DONE]" ? 5 : 1));
            text += await ReadToAsync(client.GetStream(), word);
            Assert.DoesNotContain(next, text);
        }
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

    private static async Task<string> ReadToAsync(NetworkStream line, string word)
    {
        var text = "";
        var buffer = new byte[4096];
        while (!text.Contains(word, StringComparison.Ordinal))
        {
            var read = await line.ReadAsync(buffer);
            Assert.True(read > 0, $"The line ended before '{word}'.");
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }

        return text;
    }
}
