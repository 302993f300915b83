using System.Text.Json.Nodes;

namespace CBorg.Emulator.Answers.Tools;

/// <summary>A tool that a request offers.</summary>
internal sealed record ToolOffer(string Name, string Description, JsonNode? Parameters)
{
    public static ToolOffer? From(JsonNode? node) =>
        node is JsonObject tool && tool["function"] is JsonObject function && function.Text("name") is { } name
            ? new ToolOffer(name, function.Text("description") ?? "", function["parameters"])
            : null;
}
