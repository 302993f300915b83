using System.Globalization;
using CBorg.Emulator.Server;

namespace CBorg.Emulator.Limits;

/// <summary>x-ratelimit-SCOPE-limit-TYPE and -remaining-TYPE for every limit that a call had to pass.</summary>
internal static class LimitHeaders
{
    public static void Set(Call call, LimitLease? lease)
    {
        foreach (var entry in lease?.Entries ?? [])
        {
            Set(call, entry.Scope.Name, "requests", entry.Scope.Requests, entry.Remaining.Requests);
            Set(call, entry.Scope.Name, "tokens", entry.Scope.Tokens, entry.Remaining.Tokens);
            Set(call, entry.Scope.Name, "max_parallel_requests", entry.Scope.Parallel, entry.Remaining.Parallel);
        }
    }

    private static void Set(Call call, string scope, string type, int? limit, int? remaining)
    {
        if (limit is not null)
        {
            call.SetHeader($"x-ratelimit-{scope}-remaining-{type}", remaining?.ToString(CultureInfo.InvariantCulture));
            call.SetHeader($"x-ratelimit-{scope}-limit-{type}", limit.Value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
