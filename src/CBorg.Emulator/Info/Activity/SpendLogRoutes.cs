namespace CBorg.Emulator.Info.Activity;

/// <summary>/spend/logs: single calls, or with dates the spend of each day.</summary>
internal static class SpendLogRoutes
{
    public static void Map(RouteTable routes) => routes.Get("/spend/logs", RouteAccess.InternalUser, LogsAsync);

    private static Task LogsAsync(Call call)
    {
        var logs = new SpendLogs(call.World, call.Personality).Of(call.Key.UserId!).Where(log => IsAskedFor(call, log));
        if (call.Query("start_date") is not { Length: > 0 } start || call.Query("end_date") is not { Length: > 0 } end)
        {
            return call.ReplyAsync(Rows(logs));
        }

        var (first, last) = (ParseDate(start), ParseDate(end));
        var within = logs.Where(log => log.Date >= first && log.Date <= last);
        return call.ReplyAsync(call.Query("summarize") is "false" or "False" or "0" ? Rows(within) : Days(within, last));
    }

    private static bool IsAskedFor(Call call, SpendLog log)
    {
        var key = call.Query("api_key");
        var hash = key?.StartsWith("sk-", StringComparison.Ordinal) == true ? KeyHash.Of(key) : key;
        return (string.IsNullOrEmpty(hash) || log.KeyHash == hash)
            && (call.Query("request_id") is not { Length: > 0 } id || (string?)log.Row["request_id"] == id);
    }

    private static JsonArray Rows(IEnumerable<SpendLog> logs) => new([.. logs.Select(log => (JsonNode)log.Row)]);

    private static JsonArray Days(IEnumerable<SpendLog> logs, DateOnly last)
    {
        var days = new JsonArray();
        DateOnly? latest = null;
        foreach (var day in logs.GroupBy(log => log.Date).OrderBy(day => day.Key))
        {
            days.Add(Day(day.Key, [.. day]));
            latest = day.Key;
        }

        for (var empty = latest?.AddDays(1); empty <= last; empty = empty?.AddDays(1))
        {
            days.Add(Day(empty.Value, []));
        }

        return days;
    }

    private static JsonObject Day(DateOnly date, List<SpendLog> logs)
    {
        var day = new JsonObject
        {
            ["startTime"] = date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["spend"] = logs.Count == 0 ? 0 : Json.Float(logs.Sum(log => log.Spend)),
            ["users"] = Sums(logs, log => log.User),
            ["models"] = Sums(logs, log => log.Model),
        };
        foreach (var (hash, spend) in Sums(logs, log => log.KeyHash))
        {
            day[hash] = spend?.DeepClone();
        }

        return day;
    }

    private static JsonObject Sums(List<SpendLog> logs, Func<SpendLog, string> by)
    {
        var sums = new JsonObject();
        foreach (var group in logs.GroupBy(by))
        {
            sums[group.Key] = Json.Float(group.Sum(log => log.Spend));
        }

        return sums;
    }

    private static DateOnly ParseDate(string text) =>
        Times.ParseDate(text)
        ?? throw new ProxyError(
            500,
            "internal_server_error",
            $"/spend/logs Errortime data '{text}' does not match format '%Y-%m-%d'"
        );
}
