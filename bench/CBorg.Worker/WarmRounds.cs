using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>Rounds of warm calls on a server in this process: one for each line of standard input, answered by the
/// milliseconds a call, and the bytes that it allocated.</summary>
internal static class WarmRounds
{
    private const int Chunks = 2000;

    /// <summary>The runtime compiles what is called often a second time, in the background; on two cores that lasts for some
    /// 15,000 calls, of the bare client too.</summary>
    private const int WarmUpRounds = 25;

    public static async Task RunAsync(string task)
    {
        using CannedServer server = new();
        server.Reply("/model/info", "application/json", Canned.Models);
        bool stream = task.Contains("stream", StringComparison.Ordinal);
        server.Reply(
            "/chat/completions",
            stream ? "text/event-stream" : "application/json",
            stream ? Canned.Stream(Chunks) : Canned.Chat,
            Canned.Headers
        );
        using HttpClient bare = Clients.Bare(server.Address);
        Func<Task> call = task switch
        {
            "call" => Ours(server.Address, stream: false),
            "stream" => Ours(server.Address, stream: true),
            "call-bare" => () => AskBareAsync(bare),
            "stream-bare" => () => ReadRawAsync(bare),
            _ => throw new ArgumentException($"There is no task '{task}'."),
        };
        int calls = stream ? 10 : 1000;
        for (int i = 0; i < calls * WarmUpRounds; i++)
        {
            await call().ConfigureAwait(false);
        }

        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
            long bytes = GC.GetTotalAllocatedBytes(precise: true);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
            {
                await call().ConfigureAwait(false);
            }

            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{milliseconds} {(GC.GetTotalAllocatedBytes(precise: true) - bytes) / calls}"
                )
            );
        }
    }

    private static Func<Task> Ours(Uri address, bool stream)
    {
        ICBorgClient client = Clients.Ours(address);
        ChatRequest request = new()
        {
            Model = "m",
            Messages = [new ChatMessage(ChatRole.User, "What letter comes after A?")],
            Stream = stream,
        };
        Func<ChatDelta, Task>? watch = stream ? _ => Task.CompletedTask : null;
        return () => client.ChatAsync(request, watch, null, CancellationToken.None);
    }

    private static async Task AskBareAsync(HttpClient client)
    {
        using HttpResponseMessage response = await client
            .PostAsync(new Uri("/chat/completions", UriKind.Relative), Clients.Question(stream: false))
            .ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
        _ = document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
    }

    private static async Task ReadRawAsync(HttpClient client)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/chat/completions") { Content = Clients.Question(stream: true) };
        using HttpResponseMessage response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead)
            .ConfigureAwait(false);
        using Stream stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        byte[] buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) > 0) { }
    }
}
