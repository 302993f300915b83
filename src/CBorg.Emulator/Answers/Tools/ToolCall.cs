using System.Text.Json.Nodes;

namespace CBorg.Emulator.Answers.Tools;

/// <summary>A call of a tool, as a model writes it.</summary>
internal sealed record ToolCall(string Id, string Name, string Arguments)
{
    public static ToolCall From(JsonObject call)
    {
        var function = call["function"] as JsonObject ?? [];
        return new ToolCall(call.Text("id") ?? "", function.Text("name") ?? "", function.Text("arguments") ?? "");
    }

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = Name, ["arguments"] = Arguments },
    };
}
