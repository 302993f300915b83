using Microsoft.AspNetCore.Http;

using CBorg.Emulator.Traits;
namespace CBorg.Emulator.Server;

/// <summary>Cross-origin requests of browsers.</summary>
internal static class Cors
{
    public static bool IsPreflight(HttpRequest request) =>
        request.Method == "OPTIONS" && request.Headers.ContainsKey("Origin") && request.Headers.ContainsKey("Access-Control-Request-Method");

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
