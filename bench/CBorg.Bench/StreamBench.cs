using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>A stream of 2,000 pieces, each handed to a watcher, against reading the same bytes and doing nothing with them.</summary>
internal static class StreamBench
{
    private const int Chunks = 2000;
    private const int RoundCount = 15;

    public static async Task<IReadOnlyList<LimitValue>> RunAsync()
    {
        using CannedServer server = new();
        server.Reply("/model/info", "application/json", Canned.Models);
        server.Reply("/chat/completions", "text/event-stream", Canned.Stream(Chunks), Canned.Headers);
        ICBorgClient ours = Clients.Ours(server.Address);
        using HttpClient bare = Clients.Bare(server.Address);
        ChatRequest request = new() { Model = "m", Messages = [new ChatMessage(ChatRole.User, "Count.")] };
        (double a, double b) = await Rounds.CompareAsync(
            RoundCount,
            () => Rounds.MillisecondsAsync(() => ours.ChatAsync(request, _ => Task.CompletedTask, null, CancellationToken.None)),
            () => Rounds.MillisecondsAsync(() => ReadRawAsync(bare))).ConfigureAwait(false);
        return [new LimitValue($"a stream of {Chunks} pieces", "ms", a, "reading the bytes raw", b, "none set", true)];
    }

    private static async Task ReadRawAsync(HttpClient client)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/chat/completions") { Content = Clients.Question(stream: true) };
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        using Stream stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        byte[] buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
        }
    }
}
