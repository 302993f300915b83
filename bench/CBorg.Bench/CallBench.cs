using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>The overhead of a call: warm, on a server that answers at once, against a bare HttpClient that sends the same and parses the reply.</summary>
internal static class CallBench
{
    private const int Calls = 1000;
    private const int RoundCount = 21;

    public static async Task<IReadOnlyList<LimitValue>> RunAsync()
    {
        using CannedServer server = new();
        server.Reply("/model/info", "application/json", Canned.Models);
        server.Reply("/chat/completions", "application/json", Canned.Chat, Canned.Headers);
        ICBorgClient ours = Clients.Ours(server.Address);
        using HttpClient bare = Clients.Bare(server.Address);
        ChatRequest request = new() { Model = "m", Messages = [new ChatMessage(ChatRole.User, "What letter comes after A?")], Stream = false };

        (double a, double b) = await Rounds.CompareAsync(
            RoundCount,
            () => PerCallAsync(async () => await ours.ChatAsync(request, null, null, CancellationToken.None).ConfigureAwait(false)),
            () => PerCallAsync(() => AskBareAsync(bare))).ConfigureAwait(false);
        return [new LimitValue("a warm call through the client", "ms", a, "bare HttpClient + JsonDocument", b, "<= 2", a <= 2 * b)];
    }

    private static async Task AskBareAsync(HttpClient client)
    {
        using HttpResponseMessage response = await client.PostAsync(new Uri("/chat/completions", UriKind.Relative), Clients.Question(stream: false)).ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
        _ = document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
    }

    private static async Task<double> PerCallAsync(Func<Task> call)
    {
        double total = await Rounds.MillisecondsAsync(async () =>
        {
            for (int i = 0; i < Calls; i++)
            {
                await call().ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return total / Calls;
    }
}
