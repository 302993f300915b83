using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CBorg.Emulator.Server;

namespace CBorg.Emulator.Info;

/// <summary>FastAPI's check of a body: it is an object and has these members.</summary>
internal static class RequiredMembers
{
    public static JsonObject Of(Call call, params string[] names)
    {
        if (call.Body is not JsonObject body)
        {
            throw new FastApiError(422, new JsonArray(Problem(call.Body is null ? "missing" : "model_attributes_type", ["body"], call.Body)));
        }

        var missing = names.Where(name => !body.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            throw new FastApiError(422, new JsonArray([.. missing.Select(name => Problem("missing", ["body", name], body))]));
        }

        return body;
    }

    /// <summary>Members that are whole numbers, or absent.</summary>
    public static void RefuseOtherThanNumbers(JsonObject body, params string[] names)
    {
        var wrong = names.Where(name => body[name] is { } value && value.GetValueKind() != JsonValueKind.Number).ToList();
        if (wrong.Count > 0)
        {
            throw new FastApiError(422, new JsonArray([.. wrong.Select(name => NotANumber(name, body[name]!))]));
        }
    }

    private static JsonObject NotANumber(string name, JsonNode value)
    {
        var isText = value.GetValueKind() == JsonValueKind.String;
        return new JsonObject
        {
            ["type"] = isText ? "int_parsing" : "int_type",
            ["loc"] = new JsonArray("body", name),
            ["msg"] = "Input should be a valid integer" + (isText ? ", unable to parse string as an integer" : ""),
            ["input"] = value.DeepClone(),
        };
    }

    private static JsonObject Problem(string type, JsonArray place, JsonNode? input) => new()
    {
        ["type"] = type,
        ["loc"] = place,
        ["msg"] = type == "missing" ? "Field required" : "Input should be a valid dictionary or object to extract fields from",
        ["input"] = input?.DeepClone(),
    };
}
