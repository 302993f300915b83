using System;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Server;

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
