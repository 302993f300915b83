using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Embeddings;

public class EmbeddingRequestTests
{
    [Fact]
    public async Task One_document_goes_as_a_list()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        await server.EmbedAsync(["Apple"]);
        StubRequest sent = Assert.Single(server.Requests);
        Assert.Equal("""{"model":"lbl/nomic-embed-text","input":["Apple"],"encoding_format":"float"}""", sent.Body);
        Assert.Equal("/embeddings", sent.Path);
        Assert.Equal($"Bearer {server.Key}", sent.Headers["Authorization"]);
    }

    [Fact]
    public async Task A_query_goes_as_a_bare_text()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        Embedding query = Assert.Single(await server.EmbedAsync(["Äpfel \"rot\" 🍎"], EmbeddingKind.Query, dimensions: 2));
        Assert.Equal("Äpfel \"rot\" 🍎", (string?)server.Requests.Single().Json["input"]);
        Assert.Equal(2, (int?)server.Requests.Single().Json["dimensions"]);
        Assert.Equal((EmbeddingKind.Query, 3L, EmbeddingStub.Model), (query.Kind, query.Tokens, query.Model));
    }

    [Fact]
    public async Task A_lone_surrogate_does_not_crash()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        Assert.Single(await server.EmbedAsync(["half \ud83c of a pair"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public async Task An_empty_text_is_refused_by_its_place_and_nothing_is_sent(string empty)
    {
        using StubServer server = new(EmbeddingStub.Answer);
        CBorgRequestException refused = await Assert.ThrowsAsync<CBorgRequestException>(() =>
            server.EmbedAsync(["Apple", empty, "Bread"])
        );
        Assert.Equal(ErrorKind.BadRequest, refused.Kind);
        Assert.StartsWith("Text 2 of 3 is empty", refused.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Two_queries_at_once_or_no_model_are_refused()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        Assert.Equal(
            ErrorKind.BadRequest,
            (await Assert.ThrowsAsync<CBorgRequestException>(() => server.EmbedAsync(["a", "b"], EmbeddingKind.Query))).Kind
        );
        Task NoModel() =>
            server
                .Client()
                .EmbedAsync(new EmbeddingRequest { Texts = ["a"] }, _ => Task.CompletedTask, null, CancellationToken.None);
        Assert.Equal(ErrorKind.BadRequest, (await Assert.ThrowsAsync<CBorgRequestException>(NoModel)).Kind);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task No_texts_ask_nothing()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        Assert.Empty(await server.EmbedAsync([]));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Many_texts_go_in_batches_and_come_in_order()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        string[] texts = [.. Enumerable.Range(1, 300).Select(i => new string('x', i))];
        List<Embedding> embeddings = await server.EmbedAsync(texts);
        Assert.Equal([128, 128, 44], server.Requests.Select(request => EmbeddingStub.Texts(request).Length));
        Assert.Equal(texts, embeddings.Select(embedding => embedding.Text));
        Assert.Equal(texts.Select(text => (float)text.Length), embeddings.Select(embedding => embedding.Vector[0]));
    }

    [Fact]
    public async Task Long_texts_go_in_batches_of_limited_size()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        string longText = new('x', 90_000);
        Assert.Equal(6, (await server.EmbedAsync([longText, longText, longText, new string('y', 250_000), "z", longText])).Count);
        Assert.Equal([2, 1, 1, 2], server.Requests.Select(request => EmbeddingStub.Texts(request).Length));
    }

    [Fact]
    public async Task Tokens_of_a_batch_are_shared_out_by_length_and_add_up()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        List<Embedding> embeddings = await server.EmbedAsync(["a", new string('b', 30), new string('c', 59), "d"]);
        Assert.Equal(12, embeddings.Sum(embedding => embedding.Tokens));
        Assert.True(embeddings[2].Tokens > embeddings[1].Tokens && embeddings[1].Tokens > embeddings[0].Tokens);
    }

    [Fact]
    public async Task A_model_that_ignores_the_dimensions_is_told()
    {
        using StubServer server = new(EmbeddingStub.Answer);
        List<CallEvent> events = [];
        await server.EmbedAsync(["a"], dimensions: 768, onEvent: events.Add);
        Assert.Contains(
            events,
            told => told.Kind == CallEventKind.Warning && told.Message.Contains("768", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task On_premises_models_have_at_most_five_requests_in_flight()
    {
        const int Calls = 12;
        CountdownEvent arrived = new(5);
        CountdownEvent waiting = new(Calls - 5);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isFirst = true;
        using StubServer server = new(async request =>
        {
            if (isFirst || request.Path != "/embeddings")
            {
                isFirst = false;
                return EmbeddingStub.Answer(request);
            }

            if (!release.Task.IsCompleted && !arrived.IsSet)
            {
                arrived.Signal();
            }

            await release.Task;
            return EmbeddingStub.Answer(request);
        });
        ICBorgClient client = server.Client();
        EmbeddingRequest request = new() { Model = EmbeddingStub.Model, Texts = ["a"] };

        // Until a reply has told of limits calls go one by one.
        await client.EmbedAsync(request, _ => Task.CompletedTask, null, CancellationToken.None);
        Task all = Task.WhenAll(
            Enumerable
                .Range(0, Calls)
                .Select(_ => client.EmbedAsync(request, _ => Task.CompletedTask, Told, CancellationToken.None))
        );
        Assert.True(
            await Task.Run(() => arrived.Wait(TimeSpan.FromSeconds(20)) && waiting.Wait(TimeSpan.FromSeconds(20))),
            "seven of twelve should wait"
        );
        Assert.Equal(1 + 5, server.Requests.Count(request => request.Path == "/embeddings"));
        release.SetResult();
        await all;
        Assert.Equal(1 + Calls, server.Requests.Count(request => request.Path == "/embeddings"));

        void Told(CallEvent told)
        {
            // One call can tell of its waiting twice, once its reason changes.
            if (told.Kind == CallEventKind.Waiting && !waiting.IsSet)
            {
                waiting.Signal();
            }
        }
    }
}
