using System.Security.Cryptography;
using System.Text;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>Embeddings of eight numbers between -1 and 1 that only depend on the text's place.</summary>
internal static class ScriptedEmbeddings
{
    public static JsonObject Of(JsonObject request, string model, bool honoursBase64)
    {
        var texts = Texts(request["input"]);
        var size = (int)(Json.Number(request["dimensions"]) ?? 8);
        var base64 = honoursBase64 && (string?)request["encoding_format"] == "base64";
        var tokens = texts.Count * 2;
        return new JsonObject
        {
            ["object"] = "list",
            ["model"] = model,
            ["data"] = new JsonArray(texts.Select((_, i) => (JsonNode)new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = i,
                ["embedding"] = base64 ? Base64(Vector(i, size)) : Numbers(Vector(i, size)),
            }).ToArray()),
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
    }

    private static List<JsonNode?> Texts(JsonNode? input) => input switch
    {
        JsonArray { Count: > 0 } a when Json.Number(a[0]) is not null => [a],
        JsonArray a => [.. a],
        _ => [input],
    };

    private static float[] Vector(int index, int size)
    {
        var vector = new float[size];
        for (var i = 0; i < size; i++)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{index}/{i}"));
            vector[i] = MathF.Round((BitConverter.ToUInt32(hash) / (float)uint.MaxValue * 2) - 1, 6);
        }

        return vector;
    }

    private static JsonArray Numbers(float[] vector) => new(vector.Select(x => (JsonNode)JsonValue.Create(Math.Round(x, 6))).ToArray());

    private static string Base64(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        Buffer.BlockCopy(vector, 0, bytes, 0, bytes.Length);
        return Convert.ToBase64String(bytes);
    }
}
