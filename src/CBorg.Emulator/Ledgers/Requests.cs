using System.IO;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Ledgers;

/// <summary>A request's body, read once and put back, with the two members that the ledger and the faults ask for.</summary>
internal sealed record RequestBody(string? Text, string? Model, bool Stream)
{
    private const int LongestKept = 64 * 1024;

    public static async Task<RequestBody> ReadAsync(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.ContentLength == 0)
        {
            return new RequestBody(null, null, false);
        }

        var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        bytes.Position = 0;
        request.Body = bytes;
        var content = bytes.ToArray();
        var (model, stream) = Skim(content);
        return new RequestBody(content.Length <= LongestKept ? Encoding.UTF8.GetString(content) : null, model, stream);
    }

    private static (string? Model, bool Stream) Skim(byte[] content)
    {
        string? model = null;
        var stream = false;
        try
        {
            var reader = new Utf8JsonReader(content);
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                var name = reader.GetString();
                reader.Read();
                model = name == "model" && reader.TokenType == JsonTokenType.String ? reader.GetString() : model;
                stream = name == "stream" ? reader.TokenType == JsonTokenType.True : stream;
                reader.TrySkip();
            }
        }
        catch (JsonException) { }
        catch (System.InvalidOperationException) { }

        return (model, stream);
    }
}

/// <summary>The key that came with a request, whichever header it came in.</summary>
internal static class RequestKey
{
    public static readonly string[] Headers =
    [
        "authorization",
        "x-litellm-api-key",
        "api-key",
        "x-api-key",
        "x-goog-api-key",
        "ocp-apim-subscription-key",
    ];

    public static string? Of(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        var value = Headers.Select(name => request.Headers[name].ToString()).FirstOrDefault(text => text.Length > 0);
        return value?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true ? value[Bearer.Length..].Trim() : value;
    }

    /// <summary>The end of a key, as LiteLLM shows keys.</summary>
    public static string? Masked(string? key) =>
        key switch
        {
            null or "" => null,
            { Length: < 12 } => "...",
            _ => "sk-..." + key[^4..],
        };
}
