namespace CBorg.Emulator.Info.Activity;

/// <summary>/user/daily/activity, in pages and, where there is that, all at once.</summary>
internal static class ActivityRoutes
{
    public static void Map(RouteTable routes, InfoTraits traits)
    {
        routes.Get("/user/daily/activity", RouteAccess.Info, PagesAsync);
        routes.Get(
            "/user/daily/activity/aggregated",
            traits.HasAggregatedActivity ? RouteAccess.Info : RouteAccess.Admin,
            AggregatedAsync
        );
    }

    private static Task PagesAsync(Call call)
    {
        var page = QueryNumber.Read(call, "page", 1, 1, int.MaxValue);
        var size = QueryNumber.Read(call, "page_size", 50, 1, 1000);
        var rows = Rows(call);
        var pages = (rows.Count + size - 1) / size;
        var report = new ActivityReport(call.World, call.Personality.Info).Of(
            rows.Skip((page - 1) * size).Take(size).ToList(),
            byEntity: true
        );
        return call.ReplyAsync(WithPaging(report, page, pages));
    }

    private static Task AggregatedAsync(Call call) =>
        call.ReplyAsync(WithPaging(new ActivityReport(call.World, call.Personality.Info).Of(Rows(call), byEntity: false), 1, 1));

    private static JsonObject WithPaging(JsonObject report, int page, int pages)
    {
        var metadata = report["metadata"]!.AsObject();
        metadata["page"] = page;
        metadata["total_pages"] = pages;
        metadata["has_more"] = page < pages;
        return report;
    }

    private static List<DailyActivity> Rows(Call call)
    {
        if (call.Query("start_date") is not { Length: > 0 } start || call.Query("end_date") is not { Length: > 0 } end)
        {
            throw new FastApiError(400, new JsonObject { ["error"] = "Please provide start_date and end_date" });
        }

        Guard(call);
        var user = call.Key.UserId;
        return call
            .World.Journal.DaysAt(call.World.Now)
            .Where(row => IsBetween(row, start, end) && (user is null || row.UserId == user))
            .Where(row => Matches(call, "model", row.Model) && Matches(call, "api_key", row.KeyHash))
            .OrderByDescending(row => row.Date)
            .ToList();
    }

    private static void Guard(Call call)
    {
        if (!call.Personality.Info.ActivityIsPrivate)
        {
            return;
        }

        if (call.Key.UserId is null)
        {
            throw Refuse("Service-account keys cannot query user analytics. Use a user-bound key, or call as a proxy admin.");
        }

        if (!Matches(call, "user_id", call.Key.UserId))
        {
            throw Refuse("Non-admin users can only view their own spend data.");
        }
    }

    // The database compares the dates as texts, whatever they are.
    private static bool IsBetween(DailyActivity row, string start, string end)
    {
        var date = row.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return string.CompareOrdinal(date, start) >= 0 && string.CompareOrdinal(date, end) <= 0;
    }

    private static bool Matches(Call call, string name, string value) =>
        call.Query(name) is not { Length: > 0 } asked || asked == value;

    private static FastApiError Refuse(string message) => new(403, new JsonObject { ["error"] = message });
}
