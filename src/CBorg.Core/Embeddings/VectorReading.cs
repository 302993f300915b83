using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CBorg.Core.Embeddings;

/// <summary>Reads one vector: a list of numbers, or base64 of little-endian 32-bit floats.</summary>
internal static class VectorReading
{
    private const int UsualDimension = 1024;

    // The exponent of NaN and the infinities.
    private const int NoNumber = 0x7F800000;

    /// <param name="reader">Stands on the member's name.</param>
    /// <param name="rest">The bytes that the reader was given.</param>
    /// <param name="expected">How long the vector probably is; 0 when nobody knows.</param>
    public static float[] Read(ref Utf8JsonReader reader, ref ReadOnlySpan<byte> rest, int expected)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            EmbeddingReply.Require(
                reader.TryGetBytesFromBase64(out byte[]? bytes) && bytes!.Length % sizeof(float) == 0,
                "a vector that is not base64 of floats"
            );
            return FromLittleEndian(bytes!);
        }

        EmbeddingReply.Require(reader.TokenType == JsonTokenType.StartArray, "a vector that is neither a list nor a text");
        float[] vector = new float[expected > 0 ? expected : UsualDimension];
        int end = (int)reader.BytesConsumed;
        int count = Scan(rest, ref end, ref vector);
        EmbeddingReply.Require(count >= 0, "a vector with something that is not a number");

        // The reader has seen the opening bracket and is shown the closing one: for it the list was empty, and it need not
        // look at every number again.
        JsonReaderState state = reader.CurrentState;
        rest = rest.Slice(end);
        reader = new Utf8JsonReader(rest, isFinalBlock: true, state);
        reader.Read();
        Array.Resize(ref vector, count);
        return vector;
    }

    /// <param name="json">The bytes.</param>
    /// <param name="position">From behind the opening bracket to the closing one.</param>
    /// <param name="vector">Grows as needed.</param>
    /// <returns>How many numbers there are; -1 when it is not a list of numbers.</returns>
    private static int Scan(ReadOnlySpan<byte> json, ref int position, ref float[] vector)
    {
        int count = 0;
        SkipSpace(json, ref position);
        if (position < json.Length && json[position] == ']')
        {
            return 0;
        }

        while (NumberText.TryRead(json, ref position, out float number))
        {
            if (count == vector.Length)
            {
                Array.Resize(ref vector, count * 2);
            }

            vector[count++] = number;
            SkipSpace(json, ref position);
            if (position >= json.Length)
            {
                return -1;
            }

            if (json[position] == ']')
            {
                return count;
            }

            if (json[position++] != ',')
            {
                return -1;
            }

            SkipSpace(json, ref position);
        }

        return -1;
    }

    private static void SkipSpace(ReadOnlySpan<byte> json, ref int position)
    {
        while (position < json.Length && json[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }
    }

    private static float[] FromLittleEndian(byte[] bytes)
    {
        float[] vector = new float[bytes.Length / sizeof(float)];
        Span<int> bits = MemoryMarshal.Cast<float, int>(vector.AsSpan());
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * sizeof(float)));
            EmbeddingReply.Require((bits[i] & NoNumber) != NoNumber, "a vector with something that is not a number");
        }

        return vector;
    }
}
