using System.Collections.Generic;
using System.Text.Json.Nodes;
using CBorg.Emulator.Server;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>The scripted models that answer with an error, by what follows "up-" in their names.</summary>
internal static class ScriptedFailures
{
    private const string Html =
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
        + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

    private static readonly Dictionary<string, ProviderReply> s_failures = new()
    {
        ["400"] = Error(400, "Invalid value for 'temperature'.", "invalid_request_error", "temperature"),
        ["context"] = Error(
            400,
            "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens. "
                + "Please reduce the length of the messages.",
            "invalid_request_error",
            "messages",
            "context_length_exceeded"),
        ["policy"] = Error(
            400,
            "Your request was rejected as a result of our safety system.",
            "invalid_request_error",
            null,
            "content_policy_violation"),
        ["401"] = Error(401, "Incorrect API key provided: sk-upstr******2345.", "invalid_request_error", null, "invalid_api_key"),
        ["403"] = Error(403, "Project does not have access to model.", "invalid_request_error", null, "model_not_found"),
        ["404"] = Error(404, "The model `x` does not exist.", "invalid_request_error", null, "model_not_found"),
        ["408"] = Error(408, "Request timed out.", "timeout"),
        ["413"] = Error(413, "Request too large.", "invalid_request_error"),
        ["422"] = Error(422, "Unprocessable.", "invalid_request_error"),
        ["429"] = Limited("Rate limit reached for requests. Please try again in 20s.", ("retry-after", "20")),
        ["429-ms"] = Limited("Rate limit reached.", ("retry-after-ms", "1500")),
        ["429-bare"] = Limited("Too many requests."),
        ["429-quota"] = Error(
            429,
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
            null,
            "insufficient_quota"),
        ["500"] = Error(500, "The server had an error while processing your request.", "server_error"),
        ["502-html"] = new ProviderFailure(502, Html, "text/html"),
        ["503"] = Error(503, "The engine is currently overloaded, please try again later.", "server_error"),
        ["504"] = new ProviderFailure(504, "upstream request timeout", "text/plain"),
        ["529"] = Error(529, "Overloaded", "overloaded_error"),
        ["garbage"] = new ProviderFailure(200, "this is not JSON"),
        ["halfjson"] = new ProviderFailure(200, "{\"id\": \"x\", \"choices\": "),
        ["nochoices"] = new ProviderBody(new JsonObject
        {
            ["id"] = "x",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "x",
            ["choices"] = new JsonArray(),
        }),
        ["drop"] = new ProviderUnreachable(),
    };

    public static ProviderReply? Of(string model) =>
        model.StartsWith("up-", System.StringComparison.Ordinal) ? s_failures.GetValueOrDefault(model[3..]) : null;

    /// <summary>What a provider says of a route that it has not.</summary>
    public static ProviderFailure NoRoute(string path) => Error(404, $"no route {path}", "invalid_request_error");

    private static ProviderFailure Limited(string message, params (string, string)[] headers) =>
        Error(429, message, "requests", null, "rate_limit_exceeded") with { Headers = headers };

    private static ProviderFailure Error(int status, string message, string type, string? param = null, string? code = null) => new(
        status,
        Json.Dumps(new JsonObject
        {
            ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code },
        }));
}
