using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Tests.Stub;

namespace CBorg.Core.Tests.Embeddings;

/// <summary>Embeds a text as its length and its place, as a server would.</summary>
internal static class EmbeddingStub
{
    public const string Model = "lbl/nomic-embed-text";

    private const string Path = "/embeddings";

    public static StubReply Answer(StubRequest request)
    {
        if (request.Path != Path)
        {
            return StubReply.NotFound;
        }

        string[] texts = Texts(request);
        JsonArray data =
        [
            .. texts.Select(
                (text, i) => (JsonNode)new JsonObject { ["index"] = i, ["embedding"] = new JsonArray(text.Length, i + 1) }
            ),
        ];
        return new JsonObject
        {
            ["model"] = "up",
            ["data"] = data,
            ["usage"] = new JsonObject { ["prompt_tokens"] = texts.Length * 3 },
        }.ToJsonString();
    }

    /// <summary>What was sent to be embedded, without what the client asks of the account beside it.</summary>
    public static IEnumerable<StubRequest> Embeddings(this StubServer server) =>
        server.Requests.Where(request => request.Path == Path);

    /// <summary>Empty for what is no embedding.</summary>
    public static string[] Texts(StubRequest request) =>
        request.Path != Path ? []
        : request.Json["input"] is JsonArray list ? [.. list.Select(text => (string)text!)]
        : [(string)request.Json["input"]!];

    public static async Task<List<Embedding>> EmbedAsync(
        this StubServer server,
        IReadOnlyList<string> texts,
        EmbeddingKind kind = EmbeddingKind.Document,
        int? dimensions = null,
        Action<CallEvent>? onEvent = null
    )
    {
        List<Embedding> embeddings = [];
        await server.EmbedAsync(texts, embeddings, kind, dimensions, onEvent);
        return embeddings;
    }

    public static Task EmbedAsync(
        this StubServer server,
        IReadOnlyList<string> texts,
        List<Embedding> into,
        EmbeddingKind kind = EmbeddingKind.Document,
        int? dimensions = null,
        Action<CallEvent>? onEvent = null
    )
    {
        EmbeddingRequest request = new()
        {
            Model = Model,
            Texts = texts,
            Kind = kind,
            Dimensions = dimensions,
        };
        return server.Client().EmbedAsync(request, Take, onEvent, CancellationToken.None);

        Task Take(Embedding embedding)
        {
            into.Add(embedding);
            return Task.CompletedTask;
        }
    }
}
