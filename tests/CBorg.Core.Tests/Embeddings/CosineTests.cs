using System;
using System.Linq;
using CBorg.Core.Embeddings;
using Xunit;

namespace CBorg.Core.Tests.Embeddings;

public class CosineTests
{
    [Theory]
    [InlineData(new float[] { 1, 0 }, new float[] { 0, 7 }, 0)]
    [InlineData(new float[] { 1, 1 }, new float[] { 2, 0 }, 0.70710678118654752)]
    [InlineData(new float[] { 3, 4 }, new float[] { -3, -4 }, -1)]
    [InlineData(new float[] { 3, 4 }, new float[] { 30, 40 }, 1)]
    [InlineData(new float[] { 0, 0 }, new float[] { 1, 2 }, 0)]
    [InlineData(new float[] { 0, 0 }, new float[] { 0, 0 }, 0)]
    [InlineData(new float[] { }, new float[] { }, 0)]
    [InlineData(new float[] { 1e-30f, 1e-30f }, new float[] { 1e-30f, 1e-30f }, 1)]
    [InlineData(new float[] { 3e38f, 3e38f }, new float[] { 3e38f, 0 }, 0.70710678118654752)]
    public void Is_the_cosine_whatever_the_lengths(float[] x, float[] y, double expected) =>
        Assert.Equal(expected, Cosine.Of(Of(x), Of(y)), 12);

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(768)]
    [InlineData(3584)]
    public void A_vector_and_itself_are_exactly_one(int dimension)
    {
        Random random = new(dimension);
        for (int i = 0; i < 200; i++)
        {
            float[] vector = Vector(random, dimension);
            Assert.Equal(1.0, Cosine.Of(Of(vector), Of([.. vector])));
        }
    }

    [Theory]
    [InlineData(768)]
    [InlineData(1000)]
    [InlineData(3584)]
    public void Agrees_with_the_sum_written_out(int dimension)
    {
        Random random = new(5);
        float[] x = Vector(random, dimension);
        float[] y = Vector(random, dimension);
        double dot = x.Zip(y, (a, b) => (double)a * b).Sum();
        double expected = dot / Math.Sqrt(x.Sum(a => (double)a * a)) / Math.Sqrt(y.Sum(b => (double)b * b));
        Assert.Equal(expected, Cosine.Of(Of(x), Of(y)), 13);
    }

    [Fact]
    public void Different_models_are_refused_by_name()
    {
        CBorgRequestException refused = Assert.Throws<CBorgRequestException>(() =>
            Cosine.Of(Of([1], "text-embedding-3"), Of([1], "nomic-embed-text"))
        );
        Assert.Equal(ErrorKind.BadRequest, refused.Kind);
        Assert.Contains("text-embedding-3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("nomic-embed-text", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_dimensions_are_refused_by_number()
    {
        CBorgRequestException refused = Assert.Throws<CBorgRequestException>(() =>
            Cosine.Of(Of(new float[768]), Of(new float[256]))
        );
        Assert.Equal(ErrorKind.BadRequest, refused.Kind);
        Assert.Contains("768", refused.Message, StringComparison.Ordinal);
        Assert.Contains("256", refused.Message, StringComparison.Ordinal);
    }

    private static Embedding Of(float[] vector, string model = "m") => new() { Vector = vector, Model = model };

    private static float[] Vector(Random random, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(_ => (float)((random.NextDouble() - 0.5) * 3))];
}
