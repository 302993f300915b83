using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CBorg.Core.Embeddings;

/// <summary>An embedding request on the wire.</summary>
internal static class EmbeddingBody
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Build(EmbeddingRequest request, Batch batch)
    {
        using MemoryStream stream = new((int)batch.Characters + 256);
        using (Utf8JsonWriter writer = new(stream, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("model", request.Model);
            WriteInput(writer, request, batch);

            // Left out, the server or its provider chooses; base64 asked for may come as floats.
            writer.WriteString("encoding_format", "float");
            if (request.Dimensions is { } dimensions)
            {
                writer.WriteNumber("dimensions", dimensions);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Models that embed documents and queries differently tell them apart by the JSON type: a list is documents
    /// even when it has one, a bare text is a query.</summary>
    private static void WriteInput(Utf8JsonWriter writer, EmbeddingRequest request, Batch batch)
    {
        if (request.Kind == EmbeddingKind.Query)
        {
            writer.WriteString("input", request.Texts[batch.Start]);
            return;
        }

        writer.WriteStartArray("input");
        for (int i = 0; i < batch.Count; i++)
        {
            writer.WriteStringValue(request.Texts[batch.Start + i]);
        }

        writer.WriteEndArray();
    }
}
