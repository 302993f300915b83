using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Replay;

/// <summary>Every recording, over a real socket, gives what the table says.</summary>
public sealed class ReplayTests(RecordedServer server) : IClassFixture<RecordedServer>
{
    public static TheoryData<string, string> Rows()
    {
        TheoryData<string, string> rows = [];
        foreach (Expected row in Expected.All.Values)
        {
            rows.Add(row.Folder, row.Name);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_recording_gives_what_the_table_says(string folder, string name)
    {
        Expected expected = Expected.All[(folder, name)];
        Recording recording = Recording.Load(folder, name);
        server.Put(recording);
        int before = Sent(recording);
        ICBorgClient client = Clients.For(server.Wire, retries: 1);
        StringBuilder shown = new();
        object outcome = await Outcome(client, recording, shown).Soon();

        switch (expected.Outcome)
        {
            case "answer":
                ChatResult result = Assert.IsType<ChatResult>(outcome);
                Check(expected, result);
                Assert.Equal(result.Text, shown.ToString());
                break;
            case "error":
                CBorgException failure = Assert.IsAssignableFrom<CBorgException>(outcome);
                Assert.Equal(expected.Kind, failure.Kind.ToString());

                // The proxy's own limits are waited out in the queue, however often that takes.
                int most =
                    !expected.Retried ? 1
                    : failure.Kind is ErrorKind.RequestLimit or ErrorKind.TokenLimit or ErrorKind.ParallelLimit ? 60
                    : 2;
                Assert.InRange(Sent(recording) - before, expected.Retried ? 2 : 1, most);
                Assert.Equal(Sent(recording) - before, failure.Attempts);
                Assert.Equal(RecordedWaits.Seconds(expected), failure.RetryAfter?.TotalSeconds);
                Assert.Equal(RecordedWaits.LimitType(expected), failure.Facts.LimitType);
                Assert.False(string.IsNullOrWhiteSpace(failure.Advice));
                if (failure is CBorgStreamException broken)
                {
                    Check(expected, broken.Partial);
                    Assert.Equal(broken.PartialText, shown.ToString());
                }

                break;
            case "embedding" when outcome is List<Embedding> vectors:
                Assert.Equal(RecordedRequest.Embedding(recording)!.Texts, vectors.Select(vector => vector.Text));
                Assert.All(vectors, vector => Assert.NotEmpty(vector.Vector));
                Assert.Equal(expected.PromptTokens, vectors.Sum(vector => vector.Tokens));
                break;
            default:
                Assert.InRange(Assert.IsType<RestResponse>(outcome).StatusCode, 200, 299);
                break;
        }
    }

    [Fact]
    public void The_table_and_the_folders_hold_the_same_recordings()
    {
        string[] files =
        [
            .. System
                .IO.Directory.GetFiles(Fixtures.Recordings, "*.json", System.IO.SearchOption.AllDirectories)
                .Select(file =>
                    $"{System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(file))}/{System.IO.Path.GetFileNameWithoutExtension(file)}"
                )
                .Order(),
        ];

        Assert.Equal(files, Expected.All.Values.Select(row => $"{row.Folder}/{row.Name}").Order());
    }

    private static void Check(Expected expected, ChatResult result)
    {
        Assert.Equal(expected.Text, result.Text);
        Assert.Equal(expected.Finish, result.FinishReason);
        Assert.Equal(
            (expected.PromptTokens, expected.CompletionTokens, expected.CachedTokens, expected.ReasoningTokens),
            (result.PromptTokens, result.CompletionTokens, result.CachedTokens, result.ReasoningTokens)
        );
        Assert.Equal((expected.Cost, expected.CostSource), (Ten(result.Cost), result.CostSource.ToString()));
    }

    private static decimal? Ten(decimal? cost) =>
        cost is { } value
            ? decimal.Parse(
                ((double)value).ToString("G10", System.Globalization.CultureInfo.InvariantCulture),
                System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture
            )
            : null;

    private static async Task<object> Outcome(ICBorgClient client, Recording recording, StringBuilder shown)
    {
        try
        {
            if (RecordedRequest.IsChat(recording))
            {
                return await RecordedRequest.AskAsync(client, recording, delta => Show(shown, delta));
            }

            return RecordedRequest.Embedding(recording) is { } texts
                ? await EmbedAsync(client, texts)
                : await RecordedRequest.SendAsync(client, recording);
        }
        catch (CBorgException e)
        {
            return e;
        }
    }

    private static async Task<List<Embedding>> EmbedAsync(ICBorgClient client, EmbeddingRequest request)
    {
        List<Embedding> vectors = [];
        await client.EmbedAsync(
            request,
            vector =>
            {
                vectors.Add(vector);
                return Task.CompletedTask;
            },
            null,
            default
        );
        return vectors;
    }

    private static Task Show(StringBuilder shown, ChatDelta delta)
    {
        shown.Append(delta.Text);
        return Task.CompletedTask;
    }

    private int Sent(Recording recording) =>
        recording.Path == "/model/info"
            ? server.Wire.CatalogRequests.Count
            : server.Wire.Requests.Count(request =>
                request.Method == "POST"
                || recording.Path.EndsWith("/info", StringComparison.Ordinal)
                || request.Path is not ("/key/info" or "/user/info")
            );
}
