using System.Text.Json;

namespace CBorg.Core.Tests.Infrastructure;

/// <summary>Bodies and events of chat replies.</summary>
internal static class Answers
{
    public const string Finish = """{"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""";

    public const string Usage =
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{}}],"usage":{"prompt_tokens":17,"completion_tokens":6,"total_tokens":23}}""";

    public static string Plain(string text, string usage = """{"prompt_tokens":17,"completion_tokens":6,"total_tokens":23}""") =>
        $$"""{"id":"c","model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":{{JsonSerializer.Serialize(text)}} } }],"usage":{{usage}} }""";

    public static string Piece(string text) =>
        $$$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":{{{JsonSerializer.Serialize(text)}}}}}]}""";

    public static string Thought(string text) =>
        $$$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"reasoning_content":{{{JsonSerializer.Serialize(text)}}}}}]}""";
}
