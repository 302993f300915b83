using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Spend;
using CBorg.Core.Wire;

namespace CBorg.Core.Limits;

/// <summary>
/// Asks for the limits of the key, its user and its team. Streams tell little of limits, and these routes count against none. Asked when a call has to wait, since only then the answer is worth something.
/// </summary>
internal sealed class AccountAsker(JsonCaller caller)
{
    private static readonly TimeSpan s_goodFor = TimeSpan.FromMinutes(10);

    public static bool IsStale(LimitState state, TimeSpan now) => state.AskedAt is not { } asked || now - asked > s_goodFor || asked > now;

    /// <summary>Tells the limiter what it found. Never fails: what cannot be found out is not known.</summary>
    public async Task AskAsync(RateLimiter limiter, CancellationToken cancellationToken = default) =>
        limiter.Learn(await GetAsync(cancellationToken).ConfigureAwait(false));

    private async Task<Account?> GetAsync(CancellationToken cancellationToken)
    {
        Task<(AccountLimits Limits, bool IsSpent)?> user = OrNullAsync("/user/info", root => Limits(root.Member("user_info")), cancellationToken);
        (Account Account, string? Team)? key = await OrNullAsync("/key/info", OfKey, cancellationToken).ConfigureAwait(false);
        if (key is not { } found)
        {
            return null;
        }

        bool isSpent = found.Account.IsSpent;
        if (await user.ConfigureAwait(false) is { } own)
        {
            found.Account.Scopes["user"] = own.Limits;
            isSpent |= own.IsSpent;
        }

        if (found.Team is { } team && await OrNullAsync($"/team/info?team_id={Uri.EscapeDataString(team)}", root => Limits(root.Member("team_info")), cancellationToken).ConfigureAwait(false) is { } shared)
        {
            found.Account.Scopes["team"] = shared.Limits;
            isSpent |= shared.IsSpent;
        }

        found.Account.IsSpent = isSpent;
        return found.Account;
    }

    private async Task<T?> OrNullAsync<T>(string path, Func<JsonElement, T?> map, CancellationToken cancellationToken)
        where T : struct
    {
        try
        {
            return await caller.SendAsync(new CallRequest { Path = path, MaximumRetryCount = 0, Timeout = TimeSpan.FromSeconds(20) }, map, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is CBorgException or OperationCanceledException)
        {
            return null;
        }
    }

    private static (Account, string?)? OfKey(JsonElement root)
    {
        KeyInfo key = KeyReading.Read(root).Info;
        JsonElement? metadata = root.Member("info").Member("metadata");
        Account account = new()
        {
            Key = new AccountLimits(key.RequestsPerMinute, key.TokensPerMinute, key.MaxParallelRequests),
            Models = Models(metadata.Member("model_rpm_limit"), metadata.Member("model_tpm_limit")),
            IsSpent = key.MaxBudget is { } budget && key.Spend >= budget,
        };
        return (account, key.TeamId);
    }

    private static (AccountLimits Limits, bool IsSpent)? Limits(JsonElement? scope) => scope is not { ValueKind: JsonValueKind.Object } found ? null
        : (new AccountLimits(found.Integer("rpm_limit"), found.Integer("tpm_limit")), found.Money("max_budget") is { } budget && found.Money("spend") >= budget);

    private static Dictionary<string, AccountLimits> Models(JsonElement? requests, JsonElement? tokens)
    {
        Dictionary<string, AccountLimits> models = [];
        foreach (string name in Names(requests).Union(Names(tokens)))
        {
            models[name] = new AccountLimits(requests.Integer(name), tokens.Integer(name));
        }

        return models;
    }

    private static IEnumerable<string> Names(JsonElement? limits) =>
        limits is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject().Select(limit => limit.Name) : [];
}
