using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Resilience;

namespace CBorg.Core.Spend;

/// <summary>Asks what was spent by day and model.</summary>
internal sealed class ActivityService(JsonCaller caller, SpendService spend)
{
    private const int PageSize = 1000;
    private const int MostPages = 1000;

    /// <summary>
    /// All days are read before the first is handed over: the report comes newest first, and a day may be cut by the end of a
    /// page.
    /// </summary>
    public async Task GetAsync(
        DateTime startDate,
        DateTime endDate,
        Func<DailySpend, Task> onDay,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        if (endDate.Date < startDate.Date)
        {
            throw Failures.Create(
                ErrorKind.BadRequest,
                $"The last day, {Text(endDate)}, is before the first, {Text(startDate)}.",
                "Exchange the two."
            );
        }

        KeyRecord key = await spend.KeyAsync(onEvent, cancellationToken).ConfigureAwait(false);
        List<DailySpend> rows = await RowsAsync(
                $"start_date={Text(startDate)}&end_date={Text(endDate)}",
                key,
                onEvent,
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (DailySpend row in Merged(rows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await onDay(row).ConfigureAwait(false);
        }
    }

    private async Task<List<DailySpend>> RowsAsync(
        string days,
        KeyRecord key,
        Action<CallEvent>? onEvent,
        CancellationToken cancellationToken
    )
    {
        // A key without a user is given everybody's report by some versions, so it asks for its own alone and takes nothing else.
        string? keyHash = key.Info.UserId is null ? key.Hash ?? throw NotOwn() : null;
        string only = keyHash is null ? "" : $"&api_key={Uri.EscapeDataString(keyHash)}";
        List<DailySpend> rows = [];
        for (int number = 1; number <= MostPages; number++)
        {
            int current = number;
            string path = $"/user/daily/activity?{days}&page={current}&page_size={PageSize}{only}";
            ActivityPage page = await caller
                .GetAsync(path, root => ActivityReading.Read(root, current, keyHash), onEvent, cancellationToken)
                .ConfigureAwait(false);
            rows.AddRange(page.IsOwn ? page.Rows : throw NotOwn());
            if (!page.HasMore)
            {
                break;
            }
        }

        return rows;
    }

    private static IEnumerable<DailySpend> Merged(IEnumerable<DailySpend> rows) =>
        rows.GroupBy(row => (row.Date, row.Model))
            .OrderBy(group => group.Key.Date)
            .ThenByDescending(group => group.Sum(row => row.Spend))
            .ThenBy(group => group.Key.Model, StringComparer.Ordinal)
            .Select(group => new DailySpend
            {
                Date = group.Key.Date,
                Model = group.Key.Model,
                Spend = group.Sum(row => row.Spend),
                PromptTokens = group.Sum(row => row.PromptTokens),
                CompletionTokens = group.Sum(row => row.CompletionTokens),
                CachedTokens = group.Sum(row => row.CachedTokens),
                TotalTokens = group.Sum(row => row.TotalTokens),
                Requests = group.Sum(row => row.Requests),
                FailedRequests = group.Sum(row => row.FailedRequests),
            });

    private static string Text(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CBorgException NotOwn() =>
        Failures.Create(
            ErrorKind.RouteNotAllowed,
            "This key belongs to no user, and the proxy reports by user: what it gives is not this key's alone.",
            "Get-CBorgSpend shows what was spent with the key in all. A personal key can see its days."
        );
}
