using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>The memory of results that a script keeps: streamed answers of some 2,800 characters. Prints the bytes a
/// result, without the replies as they came and with them.</summary>
internal static class KeptResults
{
    private const int Results = 5000;
    private const int Chunks = 400;

    public static async Task RunAsync()
    {
        using CannedServer server = new();
        server.Reply("/model/info", "application/json", Canned.Models);
        server.Reply("/chat/completions", "text/event-stream", Canned.Stream(Chunks), Canned.Headers);
        ICBorgClient client = Clients.Ours(server.Address);
        foreach (bool raw in new[] { false, true })
        {
            double bytes = await BytesAsync(client, raw).ConfigureAwait(false);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(raw ? "raw" : "kept")} {bytes}"));
        }
    }

    private static async Task<double> BytesAsync(ICBorgClient client, bool raw)
    {
        List<ChatResult> kept = [await AskAsync(client, raw, 0).ConfigureAwait(false)];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 1; i <= Results; i++)
        {
            kept.Add(await AskAsync(client, raw, i).ConfigureAwait(false));
        }

        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Results;
        GC.KeepAlive(kept);
        return bytes;
    }

    private static Task<ChatResult> AskAsync(ICBorgClient client, bool raw, int number)
    {
        ChatRequest request = new() { Model = "m", Messages = [new ChatMessage(ChatRole.User, $"Question {number}?")] };

        // A module of before that choice always keeps it.
        typeof(ChatRequest).GetProperty("IncludeRaw")?.SetValue(request, raw);
        return client.ChatAsync(request, null, null, CancellationToken.None);
    }
}
