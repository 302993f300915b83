using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CBorg.Core.Http;
using CBorg.Core.Wire;

namespace CBorg.Core.Resilience;

/// <summary>
/// The body of a failed reply, whichever of the many forms it has: LiteLLM's envelope, FastAPI's detail, Cloudflare's JSON,
/// HTML or text, an SSE event, or nothing.
/// </summary>
internal sealed record ErrorBody
{
    private static readonly Regex s_edgeCode = new(@"error code:?\s*([0-9]{3,4})|Error\s+(1[0-9]{3})\b", RegexOptions.IgnoreCase);

    /// <summary>The server's words; empty when it had none.</summary>
    public string Message { get; private init; } = "";

    public string? Type { get; private init; }

    public string? Code { get; private init; }

    public string? Param { get; private init; }

    /// <summary>Whether the body is not JSON at all: a web page or a line of text.</summary>
    public bool IsText { get; private init; }

    /// <summary>Cloudflare's error number (1010, 1015, 522 ...); null when the body is not Cloudflare's.</summary>
    public int? EdgeCode { get; private init; }

    /// <summary>Cloudflare's own word on whether trying again can help; null when it says nothing.</summary>
    public bool? EdgeRetryable { get; private init; }

    public double? EdgeRetryAfter { get; private init; }

    /// <summary>The same without secrets. JSON escapes can hide one in the body's text from whoever looks for it there.</summary>
    public ErrorBody Without(string? key) =>
        this with
        {
            Message = Redaction.Clean(Message, key),
            Type = Type is null ? null : Redaction.Clean(Type, key),
            Code = Code is null ? null : Redaction.Clean(Code, key),
            Param = Param is null ? null : Redaction.Clean(Param, key),
        };

    public static ErrorBody Parse(string text)
    {
        string body = text.Trim();
        if (body.StartsWith("data:", StringComparison.Ordinal))
        {
            // Old versions answer a failed stream request with a status of 4xx or 5xx and one event.
            int end = body.IndexOf('\n');
            body = (end < 0 ? body.Substring(5) : body.Substring(5, end - 5)).Trim();
        }

        if (body.StartsWith('{') || body.StartsWith('['))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(body);
                return FromJson(document.RootElement);
            }
            catch (JsonException)
            {
                // Cut or broken JSON is shown as the text that it is.
            }
        }

        return FromText(body);
    }

    public static ErrorBody FromJson(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && root.Flag("cloudflare_error") == true)
        {
            return new ErrorBody
            {
                Message = root.Text("title") is { } title
                    ? $"{title}. {root.Text("detail")}".TrimEnd()
                    : root.Text("detail") ?? "",
                Type = root.Text("error_name"),
                EdgeCode = (int?)root.Integer("error_code") ?? 0,
                EdgeRetryable = root.Flag("retryable"),
                EdgeRetryAfter = root.Number("retry_after"),
            };
        }

        JsonElement error = root.Member("error") ?? root.Member("detail") ?? root;
        if (error.ValueKind == JsonValueKind.Object && error.Member("error") is { } inner)
        {
            error = inner;
        }

        return error.ValueKind == JsonValueKind.Object
            ? new ErrorBody
            {
                Message = Unquote(error.Text("message") ?? (error.Member("message") ?? error).GetRawText()),
                Type = Meaningful(error, "type"),
                Code = Meaningful(error, "code"),
                Param = Meaningful(error, "param"),
            }
            : new ErrorBody { Message = error.AsText() is { } words ? Unquote(words) : error.GetRawText() };
    }

    private static ErrorBody FromText(string body)
    {
        bool html = body.StartsWith('<');
        Match edge = s_edgeCode.Match(body);
        bool cloudflare = edge.Success && (!html || body.Contains("cloudflare", StringComparison.OrdinalIgnoreCase));
        string readable = html ? HtmlText.Words(body) : body;
        return new ErrorBody
        {
            Message = readable.Length > 300 ? readable.Substring(0, 300) + "..." : readable,
            IsText = true,
            EdgeCode =
                cloudflare
                    ? int.Parse((edge.Groups[1].Success ? edge.Groups[1] : edge.Groups[2]).Value, CultureInfo.InvariantCulture)
                : html && body.Contains("cloudflare", StringComparison.OrdinalIgnoreCase) ? 0
                : null,
        };
    }

    /// <summary>Some members hold the text "None", which means nothing.</summary>
    private static string? Meaningful(JsonElement error, string name) =>
        error.Member(name) switch
        {
            { ValueKind: JsonValueKind.String } value when value.AsText() is { Length: > 0 } text && text != "None" => text,
            { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
            _ => null,
        };

    /// <summary>
    /// Messages may be the repr of a Python dict, <c>{'error': 'text'}</c>, which is not JSON, or a dict as JSON text.
    /// </summary>
    private static string Unquote(string message)
    {
        foreach (string opening in new[] { "{'error': '", "{\"error\": \"" })
        {
            if (message.StartsWith(opening, StringComparison.Ordinal) && message.Length > opening.Length + 2)
            {
                return message.Substring(opening.Length, message.Length - opening.Length - 2);
            }
        }

        return message;
    }

    public override string ToString() => new StringBuilder(Type).Append(' ').Append(Message).ToString();
}
