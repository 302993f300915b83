using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CBorg.Emulator.Server;
using CBorg.Emulator.State;

namespace CBorg.Emulator.Info.Activity;

/// <summary>Sums of rows, under the names of the metrics.</summary>
internal static class ActivityMetrics
{
    public static JsonObject Of(IReadOnlyCollection<DailyActivity> rows) => new()
    {
        ["spend"] = Json.Float(rows.Sum(r => r.Spend)),
        ["prompt_tokens"] = rows.Sum(r => r.PromptTokens),
        ["completion_tokens"] = rows.Sum(r => r.CompletionTokens),
        ["cache_read_input_tokens"] = rows.Sum(r => r.CacheReadTokens),
        ["cache_creation_input_tokens"] = rows.Sum(r => r.CacheWriteTokens),
        ["total_tokens"] = rows.Sum(r => r.PromptTokens + r.CompletionTokens),
        ["successful_requests"] = rows.Sum(r => r.Successes),
        ["failed_requests"] = rows.Sum(r => r.Failures),
        ["api_requests"] = rows.Sum(r => r.Successes + r.Failures),
    };

    /// <summary>The same for the whole reply, where the names begin with total_.</summary>
    public static JsonObject Totals(IReadOnlyCollection<DailyActivity> rows)
    {
        var result = new JsonObject();
        foreach (var (name, value) in Of(rows))
        {
            result[name == "total_tokens" ? name : "total_" + name] = value?.DeepClone();
        }

        return result;
    }
}
