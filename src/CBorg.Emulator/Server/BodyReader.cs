using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Server;

/// <summary>Reads a body as JSON whatever its content type, as LiteLLM does.</summary>
internal static class BodyReader
{
    public static async Task<JsonNode?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellation);
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw new ProxyError(400, "invalid_request_error", $"Invalid JSON payload: {Where(text, e)}", "request_body");
        }
    }

    private static string Where(string text, JsonException e)
    {
        var line = (int)(e.LineNumber ?? 0) + 1;
        var column = (int)(e.BytePositionInLine ?? 0) + 1;
        var position = 0;
        for (var rest = line - 1; rest > 0 && position >= 0; rest--)
        {
            position = text.IndexOf('\n', position) + 1;
        }

        position += column - 1;
        var what = position >= text.TrimEnd().Length ? "unexpected end of data" : "unexpected character, expected a JSON value";
        return $"{what}: line {line} column {column} (char {position})";
    }
}
