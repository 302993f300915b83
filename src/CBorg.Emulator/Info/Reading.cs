using System.Text.Json;

namespace CBorg.Emulator.Info;

/// <summary>A whole number of the query with bounds, refused as FastAPI does.</summary>
internal static class QueryNumber
{
    public static int Read(Call call, string name, int usual, int least, int most)
    {
        if (call.Query(name) is not { } text)
        {
            return usual;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw Refuse(
                name,
                text,
                "int_parsing",
                "Input should be a valid integer, unable to parse string as an integer",
                null
            );
        }

        if (number < least)
        {
            throw Refuse(
                name,
                text,
                "greater_than_equal",
                $"Input should be greater than or equal to {least}",
                new JsonObject { ["ge"] = least }
            );
        }

        if (number > most)
        {
            throw Refuse(
                name,
                text,
                "less_than_equal",
                $"Input should be less than or equal to {most}",
                new JsonObject { ["le"] = most }
            );
        }

        return number;
    }

    private static FastApiError Refuse(string name, string text, string type, string message, JsonObject? bound)
    {
        var problem = new JsonObject
        {
            ["type"] = type,
            ["loc"] = new JsonArray("query", name),
            ["msg"] = message,
            ["input"] = text,
        };
        if (bound is not null)
        {
            problem["ctx"] = bound;
        }

        return new FastApiError(422, new JsonArray(problem));
    }
}

/// <summary>FastAPI's check of a body: it is an object and has these members.</summary>
internal static class RequiredMembers
{
    public static JsonObject Of(Call call, params string[] names)
    {
        if (call.Body is not JsonObject body)
        {
            throw new FastApiError(
                422,
                new JsonArray(Problem(call.Body is null ? "missing" : "model_attributes_type", ["body"], call.Body))
            );
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

    private static JsonObject Problem(string type, JsonArray place, JsonNode? input) =>
        new()
        {
            ["type"] = type,
            ["loc"] = place,
            ["msg"] =
                type == "missing" ? "Field required" : "Input should be a valid dictionary or object to extract fields from",
            ["input"] = input?.DeepClone(),
        };
}

internal static class Texts
{
    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}

/// <summary>Times in the two forms that LiteLLM writes.</summary>
internal static class Times
{
    /// <summary>As Python's isoformat: 2026-12-01T00:00:00+00:00.</summary>
    public static string? Iso(DateTimeOffset? time) => time is { } t ? Text(t) + "+00:00" : null;

    /// <summary>As pydantic: 2026-12-01T00:00:00Z.</summary>
    public static string? Zulu(DateTimeOffset? time) => time is { } t ? Text(t) + "Z" : null;

    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly? ParseDate(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static string Text(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var fraction = utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : ".ffffff";
        return utc.ToString("yyyy-MM-ddTHH:mm:ss" + fraction, CultureInfo.InvariantCulture);
    }
}
