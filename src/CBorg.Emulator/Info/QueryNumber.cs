using System.Globalization;
using System.Text.Json.Nodes;
using CBorg.Emulator.Server;

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
            throw Refuse(name, text, "int_parsing", "Input should be a valid integer, unable to parse string as an integer", null);
        }

        if (number < least)
        {
            throw Refuse(name, text, "greater_than_equal", $"Input should be greater than or equal to {least}", new JsonObject { ["ge"] = least });
        }

        if (number > most)
        {
            throw Refuse(name, text, "less_than_equal", $"Input should be less than or equal to {most}", new JsonObject { ["le"] = most });
        }

        return number;
    }

    private static FastApiError Refuse(string name, string text, string type, string message, JsonObject? bound)
    {
        var problem = new JsonObject { ["type"] = type, ["loc"] = new JsonArray("query", name), ["msg"] = message, ["input"] = text };
        if (bound is not null)
        {
            problem["ctx"] = bound;
        }

        return new FastApiError(422, new JsonArray(problem));
    }
}
