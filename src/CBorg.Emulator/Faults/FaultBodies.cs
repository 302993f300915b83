using Microsoft.AspNetCore.Http;

namespace CBorg.Emulator.Faults;

/// <summary>Bodies of errors as the proxy, the web framework below it and whatever stands before it write them.</summary>
internal static class FaultBodies
{
    public static readonly string[] Templates =
    [
        "litellm",
        "fastapi",
        "cloudflare-html",
        "cloudflare-json",
        "cloudflare-text",
        "nginx-html",
        "empty",
        "plain",
    ];

    public static FaultReply Make(string template, ErrorFacts facts, HttpContext context)
    {
        if (template.StartsWith("cloudflare", StringComparison.Ordinal))
        {
            context.Response.Headers.Server = "cloudflare";
            context.Response.Headers["cf-ray"] = RayId + "-SJC";
        }

        return template switch
        {
            "fastapi" => Json(new JsonObject { ["detail"] = facts.Message }),
            "cloudflare-html" => Html(
                $"<title>api.cborg.lbl.gov | {facts.EdgeCode}: {facts.Title}</title>",
                $"<h1>Error {facts.EdgeCode}</h1><p>{facts.Title}</p><p>Cloudflare Ray ID: {RayId}</p>"
            ),
            "cloudflare-json" => Json(Edge(facts)),
            "cloudflare-text" => Plain($"error code: {facts.EdgeCode}"),
            "nginx-html" => new FaultReply(
                $"<html>\r\n<head><title>{facts.Status} {facts.Title}</title></head>\r\n<body>\r\n"
                    + $"<center><h1>{facts.Status} {facts.Title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
                "text/html"
            ),
            "empty" => Plain(""),
            "plain" => Plain(facts.GivenMessage ?? facts.Title),
            _ => LiteLLM(facts, context),
        };
    }

    public static FaultReply LiteLLM(ErrorFacts facts, HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["x-litellm-call-id"] = Guid.NewGuid().ToString();
        headers["x-litellm-response-cost"] = "0";
        return Envelope(facts);
    }

    /// <summary>LiteLLM's envelope without its headers, as the steps of key and budget answer.</summary>
    public static FaultReply Envelope(ErrorFacts facts) =>
        Json(
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = facts.Message,
                    ["type"] = facts.Type,
                    ["param"] = null,
                    ["code"] = facts.Status.ToString(CultureInfo.InvariantCulture),
                },
            }
        );

    private const string RayId = "9f00aa11bb22cc33";

    private static JsonObject Edge(ErrorFacts facts)
    {
        var edge = new JsonObject
        {
            ["type"] = $"https://developers.cloudflare.com/support/troubleshooting/http-status-codes/error-{facts.EdgeCode}/",
            ["title"] = $"Error {facts.EdgeCode}: {facts.Title}",
            ["status"] = facts.Status,
            ["detail"] = facts.Message,
            ["instance"] = RayId,
            ["error_code"] = facts.EdgeCode,
            ["error_name"] = facts.Title.ToLowerInvariant().Replace(' ', '_'),
            ["error_category"] = facts.EdgeCategory,
            ["ray_id"] = RayId,
            ["timestamp"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["zone"] = "api.cborg.lbl.gov",
            ["cloudflare_error"] = true,
            ["retryable"] = facts.IsRetryable,
        };
        if (facts.RetryAfter is { } seconds)
        {
            edge["retry_after"] = seconds;
        }

        edge["owner_action_required"] = !facts.IsRetryable;
        edge["what_you_should_do"] = facts.IsRetryable ? "Wait and try again." : "Do not try again.";
        return edge;
    }

    private static FaultReply Html(string head, string body) =>
        new(
            $"<!DOCTYPE html>\n<html lang=\"en-US\">\n<head>{head}</head>\n<body><div id=\"cf-wrapper\">{body}</div></body>\n</html>\n",
            "text/html; charset=UTF-8"
        );

    private static FaultReply Plain(string text) => new(text, "text/plain; charset=utf-8");

    private static FaultReply Json(JsonNode json) => new(Server.Json.Write(json), "application/json");
}

/// <summary>What an error's body tells, whatever its form.</summary>
internal sealed record ErrorFacts(int Status, string? GivenMessage, string? Type)
{
    private const int FirstOfEdgeOnly = 520;

    /// <summary>Cloudflare's own number: 1015, 524 ...</summary>
    public int EdgeCode { get; init; } = Status;

    public int? RetryAfter { get; init; }

    public bool IsRetryable { get; init; } = Status is 408 or 429 or (>= 500 and < 525) or 529;

    public string Message => GivenMessage ?? $"{Title}.";

    public string Title =>
        EdgeCode switch
        {
            400 => "Bad Request",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "Not Found",
            408 => "Request Timeout",
            413 => "Request Entity Too Large",
            422 => "Unprocessable Entity",
            429 => "Too Many Requests",
            500 => "Internal Server Error",
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Time-out",
            520 => "Web server is returning an unknown error",
            521 => "Web server is down",
            522 => "Connection timed out",
            523 => "Origin is unreachable",
            524 => "A timeout occurred",
            525 => "SSL handshake failed",
            526 => "Invalid SSL certificate",
            529 => "Site is overloaded",
            1006 or 1007 or 1008 => "Access denied",
            1010 => "Browser signature banned",
            1015 => "Rate limited",
            1020 => "Access denied",
            _ => $"Error {EdgeCode}",
        };

    public string EdgeCategory =>
        EdgeCode switch
        {
            1015 or 1025 or 1027 or 1200 => "rate_limit",
            > 1000 => "access_denied",
            525 or 526 => "ssl",
            502 or 504 or >= FirstOfEdgeOnly => "origin",
            _ => "cloudflare",
        };
}
