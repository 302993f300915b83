using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CBorg.Emulator.Answers;
using CBorg.Emulator.Answers.Images;

namespace CBorg.Emulator.Embeddings;

/// <summary>
/// An embeddings reply in OpenAI's form. A bare string is a query, a list holds documents; token lists are read as texts of their numbers,
/// images as the words for what is seen in them.
/// </summary>
internal static class EmbeddingReply
{
    public static JsonObject Make(JsonObject request, string model, int dimension)
    {
        var input = request["input"];
        var texts = Texts(input);
        var query = input is JsonValue;
        var base64 = request.Text("encoding_format") == "base64";
        var data = texts.Select((text, index) => Entry(Embedder.Embed(text, query, dimension), index, base64));
        var tokens = texts.Sum(text => Math.Max(1, TokenCounter.Count(text)));
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. data]),
            ["model"] = model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        };
    }

    private static List<string> Texts(JsonNode? input) => input switch
    {
        JsonArray list when list.Count > 0 && list.All(IsNumber) => [Joined(list)],
        JsonArray list => list.Select(item => item is JsonArray tokens ? Joined(tokens) : Seen(item?.ToString() ?? "")).ToList(),
        null => [],
        _ => [Seen(input.ToString())],
    };

    private static bool IsNumber(JsonNode? node) => node?.GetValueKind() == System.Text.Json.JsonValueKind.Number;

    private static string Joined(JsonArray tokens) => string.Join(' ', tokens.Select(token => token?.ToString()));

    private static string Seen(string text)
    {
        if (DataUrl.Parse(text) is not { } image || !image.MediaType.StartsWith("image/", StringComparison.Ordinal))
        {
            return text;
        }

        var facts = ImageReader.Read(image.Bytes);
        return $"{facts.MeanColour?.Name} image {facts.Format} {facts.Width} {facts.Height}";
    }

    private static JsonNode Entry(float[] vector, int index, bool base64) => new JsonObject
    {
        ["object"] = "embedding",
        ["index"] = index,
        ["embedding"] = base64
            ? Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan()))
            : new JsonArray([.. vector.Select(number => (JsonNode)JsonValue.Create(number))]),
    };
}
