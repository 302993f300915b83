using System;
using System.Collections.Generic;
using System.Text.Json;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Resilience;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>Small inputs for tests of units.</summary>
internal static class Given
{
    /// <summary>Headers, each written <c>name: value</c>.</summary>
    public static ReplyHeaders Headers(params string[] lines)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines)
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            values[line[..colon]] = line[(colon + 2)..];
        }

        return new ReplyHeaders(values);
    }

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    /// <summary>LiteLLM's envelope around a message.</summary>
    public static ErrorBody Body(string message, string? type = null, string? code = null) =>
        ErrorBody.Parse(
            $"{{\"error\":{{\"message\":{JsonSerializer.Serialize(message)},\"type\":{JsonSerializer.Serialize(type)},\"param\":null,\"code\":{JsonSerializer.Serialize(code)}}}}}"
        );

    /// <summary>A failure with the facts that a reply would have given it.</summary>
    public static CBorgException Failure(
        ErrorKind kind,
        TimeSpan? retryAfter = null,
        string message = "",
        bool? retryable = null,
        string? limitType = null
    ) =>
        Failures.Create(
            kind,
            "It failed.",
            "Advice.",
            new ErrorFacts
            {
                RetryAfter = retryAfter,
                ServerMessage = message,
                Retryable = retryable ?? new FailedReply(500, Headers(), Body(message)).SaysRetryable,
                LimitType = limitType,
                RateLimit = LimitTexts.Read(limitType, message),
            }
        );
}
