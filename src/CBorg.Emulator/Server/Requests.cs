using System.IO;
using System.Text;
using System.Text.Json;
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

/// <summary>Cross-origin requests of browsers.</summary>
internal static class Cors
{
    public static bool IsPreflight(HttpRequest request) =>
        request.Method == "OPTIONS"
        && request.Headers.ContainsKey("Origin")
        && request.Headers.ContainsKey("Access-Control-Request-Method");

    public static void Allow(Call call)
    {
        if (call.Header("Origin") is not { } origin)
        {
            return;
        }

        call.SetHeader("access-control-allow-origin", call.Personality.Headers.AnyOrigin ? "*" : origin);
        if (!call.Personality.Headers.AnyOrigin)
        {
            call.SetHeader("access-control-allow-credentials", "true");
        }
    }

    public static void AnswerPreflight(Call call)
    {
        call.SetHeader("access-control-allow-methods", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
        call.SetHeader("access-control-max-age", "600");
        call.SetHeader("access-control-allow-headers", call.Header("Access-Control-Request-Headers"));
    }
}

/// <summary>The key as the client sent it; LiteLLM reads it from any of these headers.</summary>
internal static class PresentedKey
{
    private static readonly string[] s_plainHeaders = ["api-key", "x-api-key", "x-goog-api-key", "ocp-apim-subscription-key"];

    /// <summary>Null when there is none; empty when it cannot be read.</summary>
    public static string? Of(HttpRequest request)
    {
        if (Header(request, "x-litellm-api-key") is { } own)
        {
            return own.StartsWith("Bearer ", StringComparison.Ordinal) ? own["Bearer ".Length..] : own;
        }

        if (Header(request, "authorization") is { } authorization)
        {
            return WithoutScheme(authorization);
        }

        return s_plainHeaders.Select(h => Header(request, h)).FirstOrDefault(v => v is not null);
    }

    private static string WithoutScheme(string authorization)
    {
        foreach (var scheme in new[] { "Bearer ", "bearer ", "Basic " })
        {
            if (authorization.StartsWith(scheme, StringComparison.Ordinal))
            {
                return authorization[scheme.Length..].Trim();
            }
        }

        return "";
    }

    private static string? Header(HttpRequest request, string name) =>
        request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
