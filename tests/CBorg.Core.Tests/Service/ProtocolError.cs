using System;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CBorg.Core.Tests.Infrastructure;

namespace CBorg.Core.Tests.Service;

/// <summary>A failed reply as the protocol has it, and what a client must make of it.</summary>
/// <param name="Name">The row.</param>
/// <param name="Status">The status.</param>
/// <param name="Body">The body, to the byte.</param>
/// <param name="Kind">What it means.</param>
/// <param name="Fault">Who has to act.</param>
/// <param name="Retried">Whether it is sent again.</param>
/// <param name="Wait">How many seconds the server asks for.</param>
internal sealed record ProtocolError(
    string Name,
    int Status,
    string Body,
    ErrorKind Kind,
    Fault Fault,
    bool Retried = false,
    double? Wait = null
)
{
    /// <summary>LiteLLM's own header: the request got past the checks of key and budget.</summary>
    public const string Past = "x-litellm-call-id: 7d1c";

    public string[] Headers { get; init; } = [];

    public string ContentType { get; init; } = "application/json";

    public Func<RawExchange, Task> Script => Play.Body(Body, ContentType, Status, Headers);

    /// <summary>LiteLLM's envelope.</summary>
    public static string Envelope(string message, string? type = null, string? param = null)
    {
        StringBuilder body = new("{\"error\":{\"message\":");
        body.Append(JsonSerializer.Serialize(message)).Append(",\"type\":").Append(JsonSerializer.Serialize(type));
        return body.Append(",\"param\":").Append(JsonSerializer.Serialize(param)).Append(",\"code\":\"400\"}}").ToString();
    }

    /// <summary>Cloudflare's JSON.</summary>
    public static string Edge(int code, string title, bool? retryable = null, int? retryAfter = null) =>
        JsonSerializer.Serialize(
            new
            {
                type = "https://developers.cloudflare.com/",
                title,
                detail = "text",
                error_code = code,
                error_name = "name",
                cloudflare_error = true,
                retryable,
                retry_after = retryAfter,
                ray_id = "9f",
            }
        );
}
