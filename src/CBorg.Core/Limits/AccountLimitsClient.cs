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
/// Asks for the limits of the key, its user and its team. Streams tell little of limits, and these routes count against
/// none. Asked when a call has to wait, since only then the answer is worth something.
/// </summary>
internal sealed class AccountLimitsClient(JsonCaller caller)
{
    /// <summary>Never fails: what cannot be found out is not known.</summary>
    /// <returns>Null when the service tells nothing.</returns>
    public async Task<AccountLimits?> GetAsync(CancellationToken cancellationToken)
    {
        Task<(ScopeLimits Limits, bool IsSpent)?> user = OrNullAsync(
            "/user/info",
            root => Limits(root.Member("user_info")),
            cancellationToken
        );
        (AccountLimits Account, string? Team)? key = await OrNullAsync("/key/info", OfKey, cancellationToken)
            .ConfigureAwait(false);
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

        if (
            found.Team is { } team
            && await OrNullAsync(
                    $"/team/info?team_id={Uri.EscapeDataString(team)}",
                    root => Limits(root.Member("team_info")),
                    cancellationToken
                )
                .ConfigureAwait(false)
                is { } shared
        )
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
            return await caller
                .SendAsync(
                    new CallRequest
                    {
                        Path = path,
                        MaximumRetryCount = 0,
                        Timeout = TimeSpan.FromSeconds(20),
                    },
                    map,
                    null,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is CBorgException or OperationCanceledException)
        {
            return null;
        }
    }

    private static (AccountLimits, string?)? OfKey(JsonElement root)
    {
        KeyInfo key = KeyReading.Read(root).Info;
        JsonElement? metadata = root.Member("info").Member("metadata");
        AccountLimits account = new()
        {
            Key = new ScopeLimits(key.RequestsPerMinute, key.TokensPerMinute, key.MaxParallelRequests),
            Models = Models(metadata.Member("model_rpm_limit"), metadata.Member("model_tpm_limit")),
            IsSpent = key.MaxBudget is { } budget && key.Spend >= budget,
        };
        return (account, key.TeamId);
    }

    private static (ScopeLimits Limits, bool IsSpent)? Limits(JsonElement? scope) =>
        scope is not { ValueKind: JsonValueKind.Object } found
            ? null
            : (
                new ScopeLimits(found.Integer("rpm_limit"), found.Integer("tpm_limit")),
                found.Money("max_budget") is { } budget && found.Money("spend") >= budget
            );

    private static Dictionary<string, ScopeLimits> Models(JsonElement? requests, JsonElement? tokens)
    {
        Dictionary<string, ScopeLimits> models = [];
        foreach (string name in Names(requests).Union(Names(tokens)))
        {
            models[name] = new ScopeLimits(requests.Integer(name), tokens.Integer(name));
        }

        return models;
    }

    private static IEnumerable<string> Names(JsonElement? limits) =>
        limits is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject().Select(limit => limit.Name) : [];
}
