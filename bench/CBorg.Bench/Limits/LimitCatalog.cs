using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;

namespace CBorg.Bench.Limits;

/// <summary>Writes catalogues for the emulator: models that take as long as a case wants, and keys with its limits.</summary>
internal static class LimitCatalog
{
    /// <summary>The model of a case.</summary>
    public const string Model = "bench";

    /// <summary>A model for others: 0.1 s.</summary>
    public const string Quick = "quick";

    // A stream's role, its only word and its end.
    private const int Chunks = 3;

    public static JsonObject ModelOf(
        string name,
        double seconds,
        bool streams = false,
        int promptTokens = 17,
        int completionTokens = 6
    ) =>
        new()
        {
            ["name"] = name,
            ["params"] = new JsonObject { ["model"] = "openai/" + name, ["api_base"] = "http://provider.test/v1" },
            ["info"] = new JsonObject
            {
                ["mode"] = "chat",
                ["input_cost_per_token"] = 1e-6,
                ["output_cost_per_token"] = 4e-6,
            },
            ["script"] = new JsonObject
            {
                ["text"] = "B",
                ["prompt_tokens"] = promptTokens,
                ["completion_tokens"] = completionTokens,
                ["pause"] = streams ? seconds / 2 : seconds,
                ["word_pause"] = streams ? seconds / 2 / Chunks : 0,
            },
        };

    public static void Write(
        string path,
        IEnumerable<JsonNode> models,
        IEnumerable<JsonNode> keys,
        IEnumerable<JsonNode> users
    ) =>
        File.WriteAllText(
            path,
            new JsonObject
            {
                ["provider"] = "scripted",
                ["models"] = new JsonArray([.. models]),
                ["keys"] = new JsonArray([.. keys]),
                ["users"] = new JsonArray([.. users]),
                ["teams"] = new JsonArray(),
            }.ToJsonString()
        );
}
