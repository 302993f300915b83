using System.Linq;
using System.Text.Json.Nodes;

namespace CBorg.Emulator.Chat;

/// <summary>A provider's delta reduced to what LiteLLM passes on.</summary>
internal static class DeltaCleaner
{
    public static JsonObject Clean(JsonObject provider)
    {
        var delta = new JsonObject();
        foreach (var (name, value) in provider)
        {
            if (name is "role" or "refusal" || IsEmpty(value))
            {
                continue;
            }

            delta[name] = name == "tool_calls" ? ToolCalls(value!.AsArray()) : value!.DeepClone();
        }

        return delta;
    }

    private static bool IsEmpty(JsonNode? value) =>
        value is null or JsonArray { Count: 0 } || (value is JsonValue v && v.TryGetValue(out string? text) && text.Length == 0);

    private static JsonArray ToolCalls(JsonArray calls) => new(calls.Select(c => (JsonNode)ToolCall(c!.AsObject())).ToArray());

    private static JsonObject ToolCall(JsonObject provider)
    {
        var call = new JsonObject();
        if (provider["id"] is { } id)
        {
            call["id"] = id.DeepClone();
        }

        var function = new JsonObject { ["arguments"] = provider["function"]?["arguments"]?.DeepClone() ?? "" };
        if (provider["function"]?["name"] is { } name)
        {
            function["name"] = name.DeepClone();
        }

        call["function"] = function;
        call["type"] = "function";
        call["index"] = provider["index"]?.DeepClone() ?? 0;
        return call;
    }
}
