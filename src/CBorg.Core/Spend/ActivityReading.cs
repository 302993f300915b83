using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CBorg.Core.Wire;

namespace CBorg.Core.Spend;

/// <summary>Reads <c>/user/daily/activity</c>.</summary>
internal static class ActivityReading
{
    /// <param name="root">The answer.</param>
    /// <param name="page">Its number, from 1.</param>
    /// <param name="keyHash">When the report must be of this key alone; null for all keys of the user.</param>
    /// <exception cref="JsonException">It is no such report.</exception>
    public static ActivityPage Read(JsonElement root, int page, string? keyHash)
    {
        // An answer without results is not a month without spend.
        if (root.Member("results") is not { ValueKind: JsonValueKind.Array } days)
        {
            throw new JsonException("The answer has no results.");
        }

        List<DailySpend> rows = [];
        bool isOwn = true;
        foreach (JsonElement day in days.EnumerateArray())
        {
            rows.AddRange(Day(day, keyHash));
            isOwn &= keyHash is null || IsOf(day, keyHash);
        }

        JsonElement? metadata = root.Member("metadata");
        bool hasMore = metadata?.Flag("has_more") ?? metadata.Integer("total_pages") > page;
        return new ActivityPage(rows, isOwn, hasMore && days.GetArrayLength() > 0);
    }

    private static IEnumerable<DailySpend> Day(JsonElement day, string? keyHash)
    {
        if (
            !DateTime.TryParseExact(
                day.Text("date"),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out DateTime date
            )
        )
        {
            throw new JsonException("A day has no date.");
        }

        (string Name, JsonElement Value)[] models = [.. Models(day)];
        return models.Length == 0
            ? day.Member("metrics") is { } total
                ? [Row(date, "", total)]
                : []
            : models.Select(model => Row(date, model.Name, Metrics(model.Value, keyHash)));
    }

    /// <summary>By the names that were asked for, where these account for every call; older calls are known by their
    /// underlying model only.</summary>
    private static IEnumerable<(string Name, JsonElement Value)> Models(JsonElement day)
    {
        JsonElement? breakdown = day.Member("breakdown");
        (string Name, JsonElement Value)[] groups = [.. Members(breakdown.Member("model_groups"))];
        (string Name, JsonElement Value)[] models = [.. Members(breakdown.Member("models"))];
        return groups.Length > 0 && Calls(groups) >= Calls(models) ? groups : models;
    }

    private static long Calls(IEnumerable<(string Name, JsonElement Value)> models) =>
        models.Sum(model => model.Value.Member("metrics").Integer("api_requests") ?? 0);

    private static JsonElement Metrics(JsonElement model, string? keyHash) =>
        (keyHash is null ? null : model.Member("api_key_breakdown").Member(keyHash).Member("metrics"))
        ?? model.Member("metrics")
        ?? throw new JsonException("A model has no figures.");

    private static bool IsOf(JsonElement day, string keyHash)
    {
        (string Name, JsonElement Value)[] keys = [.. Members(day.Member("breakdown").Member("api_keys"))];
        return keys.Length > 0 && keys.All(key => key.Name == keyHash);
    }

    private static DailySpend Row(DateTime date, string model, JsonElement metrics)
    {
        long prompt = metrics.Integer("prompt_tokens") ?? 0;
        long completion = metrics.Integer("completion_tokens") ?? 0;
        long failed = metrics.Integer("failed_requests") ?? 0;
        return new DailySpend
        {
            Date = date,
            Model = model,
            Spend = metrics.Money("spend") ?? throw new JsonException("A row has no spend."),
            PromptTokens = prompt,
            CompletionTokens = completion,
            CachedTokens = metrics.Integer("cache_read_input_tokens") ?? 0,
            TotalTokens = metrics.Integer("total_tokens") ?? (prompt + completion),
            Requests = metrics.Integer("api_requests") ?? ((metrics.Integer("successful_requests") ?? 0) + failed),
            FailedRequests = failed,
        };
    }

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement? element) =>
        element is { } found ? found.Members().Where(member => member.Value.ValueKind == JsonValueKind.Object) : [];
}
