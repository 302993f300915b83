namespace CBorg.Emulator.Limits;

/// <summary>A rejection in LiteLLM's words.</summary>
internal static class LimitErrors
{
    public static ProxyError Of(World world, Personality personality, LimitRequest request, LimitRejection rejection)
    {
        var resets = world.Now.ToLocalTime().AddSeconds(60).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return new ProxyError(
            429,
            personality.Limits.ThrottlingType ? "throttling_error" : "None",
            Text(personality, request, rejection, resets),
            personality.Limits.ThrottlingType ? null : "None"
        )
        {
            Headers = personality.Headers.ResetAt
                ? [("retry-after", "60"), ("rate_limit_type", rejection.Type), ("reset_at", resets)]
                : [("retry-after", "60"), ("rate_limit_type", rejection.Type)],
        };
    }

    private static string Text(Personality personality, LimitRequest request, LimitRejection rejection, string resets)
    {
        if (personality.Limits.NamesScopeByHalfIndex)
        {
            var named = request.Scopes[rejection.Index / 2];
            return $"Rate limit exceeded for {named.Name}: {named.Value}. Remaining: -1";
        }

        return $"Rate limit exceeded for {rejection.Scope.Name}: {rejection.Scope.Value}. Limit type: {rejection.Type}. "
            + $"Current limit: {rejection.Limit}, Remaining: {rejection.Remaining}. Limit resets at: {resets}";
    }
}

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
