using System;
using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Emulator.Embeddings;
using Xunit;

namespace CBorg.Emulator.Tests;

public class EmbeddingsTests
{
    [Theory]
    [InlineData("Apple", "Orange", "Bread")]
    [InlineData("dog", "cat", "telescope")]
    [InlineData("the proton beam", "a particle accelerator", "a recipe for soup")]
    [InlineData("compute", "computer", "orange")]
    [InlineData("France", "Germany", "hammer")]
    [InlineData("The cat sat on the mat", "A cat is sitting on a mat", "Stock prices fell today")]
    public void Related_texts_are_nearer(string text, string related, string unrelated) =>
        Assert.True(
            Likeness(text, related) > Likeness(text, unrelated) + 0.1,
            $"{Likeness(text, related)} {Likeness(text, unrelated)}"
        );

    [Theory]
    [InlineData("Apple", 768)]
    [InlineData("Apple", 3584)]
    [InlineData("A longer text about apples and pears in the garden", 768)]
    public void Vectors_are_not_of_length_one(string text, int dimension)
    {
        var vector = Embedder.Embed(text, query: false, dimension);
        var length = Math.Sqrt(vector.Sum(number => number * number));
        Assert.Equal(dimension, vector.Length);
        Assert.True(length > 1.5, $"{length}");
        Assert.DoesNotContain(0f, vector);
    }

    [Fact]
    public void Longer_texts_make_longer_vectors()
    {
        double Length(string text) => Embedder.Embed(text, query: false, 768).Sum(number => (double)number * number);
        Assert.True(Length("apples and pears in the garden") > 1.5 * Length("apples"));
    }

    [Fact]
    public void A_query_differs_from_a_document_and_still_finds_it()
    {
        var query = Embedder.Embed("Apple", query: true, 768);
        var document = Embedder.Embed("Apple", query: false, 768);
        Assert.InRange(Embedder.Likeness(query, document), 0.5, 0.98);
        Assert.True(Embedder.Likeness(query, document) > Embedder.Likeness(query, Embedder.Embed("Orange", query: false, 768)));
    }

    [Fact]
    public void A_bare_string_is_a_query_and_a_list_holds_documents()
    {
        var query = Ask("\"Apple\"");
        var documents = Ask("[\"Apple\",\"Bread\"]");
        Assert.Equal(Embedder.Embed("Apple", query: true, 768), Floats(query, 0));
        Assert.Equal(Embedder.Embed("Apple", query: false, 768), Floats(documents, 0));
        Assert.Equal(Embedder.Embed("Bread", query: false, 768), Floats(documents, 1));
        Assert.Equal(2, (int)documents["usage"]!["prompt_tokens"]!);
    }

    [Fact]
    public void Base64_holds_the_same_numbers()
    {
        var bytes = Convert.FromBase64String((string)Ask("[\"Apple\"]", "base64")["data"]![0]!["embedding"]!);
        var numbers = Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, i * 4));
        Assert.Equal(Embedder.Embed("Apple", query: false, 768), numbers);
    }

    [Theory]
    [InlineData("[1,2,3]", 1)]
    [InlineData("[[1,2],[3]]", 2)]
    [InlineData("[]", 0)]
    [InlineData("\"\"", 1)]
    public void Any_input_is_taken(string input, int vectors) => Assert.Equal(vectors, Ask(input)["data"]!.AsArray().Count);

    private static double Likeness(string one, string other) =>
        Embedder.Likeness(Embedder.Embed(one, query: false, 768), Embedder.Embed(other, query: false, 768));

    private static float[] Floats(JsonObject reply, int index) =>
        reply["data"]![index]!["embedding"]!.AsArray().Select(number => (float)number!).ToArray();

    private static JsonObject Ask(string input, string format = "float")
    {
        var request = new JsonObject { ["input"] = JsonNode.Parse(input), ["encoding_format"] = format };
        return JsonNode.Parse(EmbeddingReply.Make(request, "nomic", 768).ToJsonString())!.AsObject();
    }
}
