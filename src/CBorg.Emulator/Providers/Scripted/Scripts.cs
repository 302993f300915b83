using System.Collections.Generic;
using System.Text.Json.Nodes;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;

namespace CBorg.Emulator.Providers.Scripted;

/// <summary>The scripted models that answer well, by name; any other name answers like up-ok.</summary>
internal static class Scripts
{
    private static readonly (string, string) s_time = ("get_time", "{\"tz\": \"UTC\"}");
    private static readonly (string, string) s_weather = ("get_weather", "{\"city\": \"Z\\u00fcrich\"}");

    private static readonly Dictionary<string, Script> s_scripts = new()
    {
        ["up-vllm"] = new() { Nulls = true },
        ["up-detailed"] = new() { Details = true, PromptTokens = 1510, CompletionTokens = 12, Annotations = [] },
        ["up-reasoning"] = new() { Details = true, PromptTokens = 1510, CompletionTokens = 12, Reasoning = "The alphabet: A, B." },
        ["up-thought-out"] = new() { Text = null, Reasoning = "Hmm, hmm, hmm", FinishReason = "length", CompletionTokens = 64 },
        ["up-length"] = new() { Text = "After A", FinishReason = "length", CompletionTokens = 2 },
        ["up-filter"] = new() { Text = "", FinishReason = "content_filter", CompletionTokens = 0 },
        ["up-tool"] = new() { Text = null, ToolCalls = [s_time], FinishReason = "tool_calls" },
        ["up-tools"] = new() { Text = "Let me look.", ToolCalls = [s_time, s_weather], FinishReason = "tool_calls" },
        ["up-refusal"] = new() { Text = null, Refusal = "I can't help with that." },
        ["up-json"] = new() { Text = "{\"letter\": \"B\"}" },
        ["up-unicode"] = new() { Text = "Grüße, 你好, 😀, é, \u2028 end" },
        ["up-nousage"] = new() { Usage = false },
        ["up-annotated"] = new() { Annotations = [Citation()] },
        ["up-slow"] = new() { Pause = 2, Model = "up-ok" },
    };

    public static Script Of(Deployment deployment)
    {
        var script = s_scripts.GetValueOrDefault(deployment.ProviderModel) ?? new Script();
        return deployment.Script is { } own ? With(script, own) : script;
    }

    /// <summary>The members that the catalogue gives in place of the script's own.</summary>
    private static Script With(Script script, JsonObject own) => script with
    {
        Text = (string?)own["text"] ?? script.Text,
        PromptTokens = (int?)own["prompt_tokens"] ?? script.PromptTokens,
        CompletionTokens = (int?)own["completion_tokens"] ?? script.CompletionTokens,
        CachedTokens = (int?)own["cached_tokens"],
        Pause = Json.Number(own["pause"]) ?? script.Pause,
        WordPause = Json.Number(own["word_pause"]) ?? 0,
    };

    private static JsonObject Citation() => new()
    {
        ["type"] = "url_citation",
        ["url_citation"] = new JsonObject { ["end_index"] = 5, ["start_index"] = 0, ["title"] = "A", ["url"] = "https://example.org/a" },
    };
}
