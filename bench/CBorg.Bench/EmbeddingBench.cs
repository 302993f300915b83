using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CBorg.Bench;

/// <summary>10,000 vectors of 768 numbers, in batches of 100, against downloading the same bytes.</summary>
internal static class EmbeddingBench
{
    private const int Count = 10_000;
    private const int Batch = 128;
    private const int Dimension = 768;
    private const int RoundCount = 3;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        // Whole batches only, so that one prepared reply fits all.
        int batches = Count / Batch;
        byte[] reply = Canned.Embeddings(Batch, Dimension);
        using CannedServer server = new();
        server.Reply("/model/info", "application/json", Canned.Models);
        server.Reply("/embeddings", "application/json", reply, Canned.Headers);
        ICBorgClient ours = Clients.Ours(server.Address);
        using HttpClient bare = Clients.Bare(server.Address);
        EmbeddingRequest request = new()
        {
            Model = "m",
            Texts = [.. Enumerable.Range(0, batches * Batch).Select(i => $"text {i}")],
        };
        (double a, double b) = await Rounds
            .CompareAsync(
                RoundCount,
                () =>
                    Rounds.MillisecondsAsync(() =>
                        ours.EmbedAsync(request, _ => Task.CompletedTask, null, CancellationToken.None)
                    ),
                () => Rounds.MillisecondsAsync(() => DownloadAsync(bare, batches))
            )
            .ConfigureAwait(false);
        double megabytes = batches * (double)reply.Length / 1e6;
        return
        [
            new Figure(
                $"{batches * Batch} embeddings of {Dimension} ({megabytes:0} MB)",
                "ms",
                a,
                "downloading the bytes",
                b,
                "-",
                true
            ),
        ];
    }

    private static async Task DownloadAsync(HttpClient client, int batches)
    {
        for (int i = 0; i < batches; i++)
        {
            using HttpResponseMessage response = await client
                .PostAsync(new Uri("/embeddings", UriKind.Relative), Clients.Question(stream: false))
                .ConfigureAwait(false);
            await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        }
    }
}
