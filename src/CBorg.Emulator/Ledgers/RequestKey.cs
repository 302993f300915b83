using System;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Ledgers;

/// <summary>The key that came with a request, whichever header it came in.</summary>
internal static class RequestKey
{
    public static readonly string[] Headers = ["authorization", "x-litellm-api-key", "api-key", "x-api-key", "x-goog-api-key", "ocp-apim-subscription-key"];

    public static string? Of(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        var value = Headers.Select(name => request.Headers[name].ToString()).FirstOrDefault(text => text.Length > 0);
        return value?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true ? value[Bearer.Length..].Trim() : value;
    }

    /// <summary>The end of a key, as LiteLLM shows keys.</summary>
    public static string? Masked(string? key) => key switch
    {
        null or "" => null,
        { Length: < 12 } => "...",
        _ => "sk-..." + key[^4..],
    };
}
