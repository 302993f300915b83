using System;
using System.Collections.Generic;
using System.Text.Json;
using CBorg.Core.Chat;

namespace CBorg.Core.Embeddings;

/// <summary>The answer to an embedding request, read in one pass over its bytes: a document tree of millions of numbers
/// would take longer than the network.</summary>
internal sealed class EmbeddingReply
{
    private readonly List<(int? Index, float[] Vector)> _rows = [];

    /// <summary>Tokens of all texts together; null when the server did not say.</summary>
    public long? Tokens { get; private set; }

    /// <exception cref="JsonException">It is no such answer; the message says why.</exception>
    public static EmbeddingReply Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadAll(json);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a text that is none", e);
        }
    }

    private static EmbeddingReply ReadAll(ReadOnlySpan<byte> json)
    {
        EmbeddingReply reply = new();
        Utf8JsonReader reader = new(json);
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "no JSON object");
        ReadOnlySpan<byte> rest = json;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"))
            {
                reply.ReadRows(ref reader, ref rest);
            }
            else if (reader.ValueTextEquals("usage"))
            {
                reply.ReadUsage(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return reply;
    }

    /// <summary>The vectors in the order of the texts.</summary>
    /// <exception cref="JsonException">There is not exactly one for each.</exception>
    public float[][] InOrder(int count)
    {
        Require(_rows.Count == count, $"{_rows.Count} vectors for {count} texts");
        float[]?[] vectors = new float[count][];
        foreach ((int? told, float[] vector) in _rows)
        {
            int? index = told ?? (count == 1 ? 0 : null);
            Require(index is >= 0 && index < count, "a vector without a place");
            Require(vectors[index!.Value] is null, $"two vectors for text {index + 1}");
            Require(vector.Length > 0 && vector.Length == _rows[0].Vector.Length, "vectors of different lengths");
            vectors[index.Value] = vector;
        }

        return vectors!;
    }

    private void ReadRows(ref Utf8JsonReader reader, ref ReadOnlySpan<byte> rest)
    {
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartArray, "no list of vectors");
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int? index = null;
            float[]? vector = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("embedding"))
                {
                    vector = VectorReading.Read(ref reader, ref rest, _rows.Count > 0 ? _rows[0].Vector.Length : 0);
                }
                else if (reader.ValueTextEquals("index"))
                {
                    index = ReadIndex(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            Require(vector is not null, "a row without a vector");
            _rows.Add((index, vector!));
        }
    }

    private void ReadUsage(ref Utf8JsonReader reader)
    {
        reader.Read();
        using JsonDocument usage = JsonDocument.ParseValue(ref reader);
        Usage? told = Usage.Read(usage.RootElement);
        Tokens = told?.PromptTokens ?? told?.TotalTokens;
    }

    private static int? ReadIndex(ref Utf8JsonReader reader) =>
        reader.Read()
        && reader.TokenType == JsonTokenType.Number
        && reader.TryGetDouble(out double index)
        && index is >= 0 and < int.MaxValue
            ? (int)index
            : SkipValue(ref reader);

    private static int? SkipValue(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }

    internal static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new JsonException(otherwise);
        }
    }
}
