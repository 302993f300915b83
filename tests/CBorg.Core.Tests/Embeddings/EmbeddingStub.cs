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

    public static StubReply Answer(StubRequest request)
    {
        string[] texts = Texts(request);
        JsonArray data = [.. texts.Select((text, i) => (JsonNode)new JsonObject { ["index"] = i, ["embedding"] = new JsonArray(text.Length, i + 1) })];
        return new JsonObject { ["model"] = "up", ["data"] = data, ["usage"] = new JsonObject { ["prompt_tokens"] = texts.Length * 3 } }.ToJsonString();
    }

    public static string[] Texts(StubRequest request) => request.Json["input"] is JsonArray list ? [.. list.Select(text => (string)text!)] : [(string)request.Json["input"]!];

    public static async Task<List<Embedding>> EmbedAsync(this StubServer server, IReadOnlyList<string> texts, EmbeddingKind kind = EmbeddingKind.Document, int? dimensions = null, Action<CallEvent>? onEvent = null)
    {
        List<Embedding> embeddings = [];
        await server.EmbedAsync(texts, embeddings, kind, dimensions, onEvent);
        return embeddings;
    }

    public static Task EmbedAsync(
        this StubServer server, IReadOnlyList<string> texts, List<Embedding> into, EmbeddingKind kind = EmbeddingKind.Document, int? dimensions = null, Action<CallEvent>? onEvent = null)
    {
        EmbeddingRequest request = new() { Model = Model, Texts = texts, Kind = kind, Dimensions = dimensions };
        return server.Client().EmbedAsync(request, Take, onEvent, CancellationToken.None);

        Task Take(Embedding embedding)
        {
            into.Add(embedding);
            return Task.CompletedTask;
        }
    }
}
