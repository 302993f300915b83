using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Embeddings;

public class EmbeddingReplyTests
{
    private const string Floats = """
        {"model":"up-embed","data":[{"object":"embedding","index":0,"embedding":[0.985068,0.05999,0.244939,0.57661,0.794063,-0.942988,0.832708,0.834236]},
        {"object":"embedding","index":1,"embedding":[0.723931,0.383501,-0.819106,0.22014,-0.862317,-0.424545,-0.593969,-0.022667]}],
        "object":"list","usage":{"completion_tokens":0,"prompt_tokens":4,"total_tokens":4,"completion_tokens_details":null,"prompt_tokens_details":null}}
        """;

    private const string Doubles = """
        {"model":"up-embed","data":[{"embedding":[0.9850680232048035,0.05998999997973442,0.24493899941444397,0.5766100287437439,0.7940629720687866,-0.9429879784584045,0.8327080011367798,0.8342360258102417],"index":0,"object":"embedding"},
        {"embedding":[0.7239310145378113,0.38350099325180054,-0.8191059827804565,0.2201399952173233,-0.8623170256614685,-0.4245449900627136,-0.5939689874649048,-0.02266700007021427],"index":1,"object":"embedding"}],
        "object":"list","usage":{"completion_tokens":0,"prompt_tokens":4,"total_tokens":4,"completion_tokens_details":null,"prompt_tokens_details":null}}
        """;

    private const string Base64 = """
        {"model":"lbl/nomic-embed-text","data":[{"object":"embedding","index":0,"embedding":"ay18PxO4dT1K0Xo+t5wTP7ZHSz+pZ3G/WixVP36QVT8="},
        {"object":"embedding","index":1,"embedding":"i1M5Pz5axD7usFG/YWxhPs/AXL/2Xdm+Wg4YvyWwubw="}],"object":"list","usage":{"completion_tokens":0,"prompt_tokens":4,"total_tokens":4}}
        """;

    private const string Turned = """
        { "usage" : null, "data" : [ { "embedding" : [ 1, -2E+0 ,3e-1 ] , "extra": {"a":[1]}, "index" : 1.0 }, {"index":0,"embedding":[4.0,5,6]} ], "model" : null }
        """;

    private static readonly float[] s_apple =
    [
        0.985068f,
        0.05999f,
        0.244939f,
        0.57661f,
        0.794063f,
        -0.942988f,
        0.832708f,
        0.834236f,
    ];
    private static readonly float[] s_bread =
    [
        0.723931f,
        0.383501f,
        -0.819106f,
        0.22014f,
        -0.862317f,
        -0.424545f,
        -0.593969f,
        -0.022667f,
    ];

    [Theory]
    [InlineData(Floats)]
    [InlineData(Doubles)]
    [InlineData(Base64)]
    public async Task Floats_doubles_and_base64_are_the_same_vectors(string recorded)
    {
        using StubServer server = new(("/embeddings", recorded));
        List<Embedding> embeddings = await server.EmbedAsync(["Apple", "Bread"]);
        Assert.Equal([s_apple, s_bread], embeddings.Select(embedding => embedding.Vector));
        Assert.Equal([2L, 2L], embeddings.Select(embedding => embedding.Tokens));
        Assert.All(embeddings, embedding => Assert.Equal(EmbeddingStub.Model, embedding.Model));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public async Task A_vector_with_something_that_is_no_number_is_no_vector(float number)
    {
        string base64 = Convert.ToBase64String([.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(number)]);
        using StubServer server = new(("/embeddings", $$"""{"data":[{"index":0,"embedding":"{{base64}}"}]}"""));
        CBorgException failure = await Assert.ThrowsAnyAsync<CBorgException>(() => server.EmbedAsync(["Apple"]));
        Assert.Equal(ErrorKind.InvalidResponse, failure.Kind);
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":"\ud83d"}]}""")]
    [InlineData("""{"\ud83ddata":1,"data":[{"index":0,"embedding":"AAAA"}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2]}],"usage":"\ud83d","\udc00":1}x""")]
    public async Task Half_letters_make_an_unreadable_answer_and_nothing_worse(string body)
    {
        using StubServer server = new(("/embeddings", body));
        CBorgException failure = await Assert.ThrowsAnyAsync<CBorgException>(() => server.EmbedAsync(["Apple"]));
        Assert.Equal(ErrorKind.InvalidResponse, failure.Kind);
    }

    [Theory]
    [InlineData("n~")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,2]}],"usage":t~}""")]
    public async Task A_key_where_the_JSON_breaks_is_not_repeated(string body)
    {
        using StubServer server = new(request => new StubReply(
            200,
            body.Replace("~", request.Headers["Authorization"]["Bearer ".Length..], StringComparison.Ordinal)
        ));
        CBorgException failure = await Assert.ThrowsAnyAsync<CBorgException>(() => server.EmbedAsync(["Apple"]));
        Assert.Equal(ErrorKind.InvalidResponse, failure.Kind);
        Assert.DoesNotContain(server.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_come_to_their_texts_by_index_whatever_their_order()
    {
        using StubServer server = new(("/embeddings", Turned));
        List<Embedding> embeddings = await server.EmbedAsync(["Apple", "Bread"]);
        Assert.Equal([4, 5, 6], embeddings[0].Vector);
        Assert.Equal([1, -2, 0.3f], embeddings[1].Vector);
        Assert.Null(embeddings[0].Tokens);
    }

    [Theory]
    [InlineData("""{"data":[{"embedding":[1]}]}""", null)]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}],"usage":{"prompt_tokens":0}}""", null)]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}],"usage":{"total_tokens":"7"}}""", 7L)]
    public async Task A_single_vector_needs_no_index_and_zero_tokens_are_none(string reply, long? tokens)
    {
        using StubServer server = new(("/embeddings", reply));
        Assert.Equal(tokens, Assert.Single(await server.EmbedAsync(["Apple"])).Tokens);
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]}""", "two vectors for text 1")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[2]}]}""", "without a place")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"embedding":[2]}]}""", "without a place")]
    [InlineData("""{"data":[{"index":-1,"embedding":[1]},{"index":null,"embedding":[2]}]}""", "without a place")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}]}""", "1 vectors for 2 texts")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[2,3]}]}""", "different lengths")]
    [InlineData("""{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]}""", "different lengths")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,null]},{"index":1,"embedding":[1,2]}]}""", "not a number")]
    [InlineData("""{"data":[{"index":0,"embedding":[NaN]},{"index":1,"embedding":[1]}]}""", "not a number")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,]},{"index":1,"embedding":[1]}]}""", "not a number")]
    [InlineData("""{"data":[{"index":0,"embedding":[1 2]},{"index":1,"embedding":[1]}]}""", "not a number")]
    [InlineData("""{"data":[{"index":0,"embedding":[1e999]},{"index":1,"embedding":[1]}]}""", "not a number")]
    [InlineData("""{"data":[{"index":0,"embedding":[1.5""", "not a number")]
    [InlineData("""{"data":[{"index":0,"embedding":[[1]]},{"index":1,"embedding":[1]}]}""", "not a number")]
    [InlineData("""{"data":[{"index":0,"embedding":{"float":[1]}},{"index":1,"embedding":[1]}]}""", "neither a list nor a text")]
    [InlineData("""{"data":[{"index":0,"embedding":"***"},{"index":1,"embedding":"AAAA"}]}""", "not base64")]
    [InlineData("""{"data":[{"index":0},{"index":1}]}""", "without a vector")]
    [InlineData("""{"data":{"0":[1]}}""", "no list of vectors")]
    [InlineData("""{"data":[null,7]}""", "0 vectors")]
    [InlineData("""{"object":"list"}""", "0 vectors")]
    [InlineData("""[1,2]""", "no JSON object")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1]}]""", "")]
    [InlineData("<html>It works!</html>", "")]
    [InlineData("", "")]
    public async Task What_is_no_answer_is_an_invalid_response_and_nothing_is_handed_over(string reply, string why)
    {
        using StubServer server = new(("/embeddings", reply));
        List<Embedding> handedOver = [];
        CBorgException invalid = await Assert.ThrowsAsync<CBorgProtocolException>(() =>
            server.EmbedAsync(["Apple", "Bread"], handedOver)
        );
        Assert.Equal(ErrorKind.InvalidResponse, invalid.Kind);
        Assert.Contains(why, invalid.Message, StringComparison.Ordinal);
        Assert.Empty(handedOver);
        Assert.Single(server.Requests);
    }
}
