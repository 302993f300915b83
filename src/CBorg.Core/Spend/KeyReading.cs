using System.Text.Json;
using CBorg.Core.Http;
using CBorg.Core.Wire;

namespace CBorg.Core.Spend;

/// <summary>Reads <c>/key/info</c>. Budget and limits stand with the key or in the budget that it was given.</summary>
internal static class KeyReading
{
    /// <exception cref="JsonException">There is no key in it.</exception>
    public static KeyRecord Read(JsonElement root)
    {
        if (root.Member("info") is not { ValueKind: JsonValueKind.Object } info)
        {
            throw new JsonException("The answer tells of no key.");
        }

        string? hash = root.Text("key") is { Length: 64 } token ? token : info.Text("token");
        return new KeyRecord(hash, Info(info));
    }

    private static KeyInfo Info(JsonElement info)
    {
        JsonElement? budget = info.Member("litellm_budget_table");
        return new KeyInfo
        {
            Key = Masked(info.Text("key_name")),
            Alias = info.Text("key_alias"),
            UserId = Named(info.Text("user_id")),
            TeamId = Named(info.Text("team_id")),
            Spend = info.Money("spend"),
            MaxBudget = info.Money("max_budget") ?? budget.Money("max_budget"),
            BudgetDuration = info.Text("budget_duration") ?? budget.Text("budget_duration"),
            BudgetResetAt = info.Time("budget_reset_at") ?? budget?.Time("budget_reset_at"),
            Expires = info.Time("expires"),
            Blocked = info.Flag("blocked"),
            RequestsPerMinute = info.Integer("rpm_limit") ?? budget.Integer("rpm_limit"),
            TokensPerMinute = info.Integer("tpm_limit") ?? budget.Integer("tpm_limit"),
            MaxParallelRequests = info.Integer("max_parallel_requests") ?? budget.Integer("max_parallel_requests"),
            CreatedAt = info.Time("created_at"),
            Models = info.Texts("models"),
            AllowedRoutes = info.Texts("allowed_routes"),
        };
    }

    /// <summary>The proxy's own mask where it has that form; whatever else stands there may be the key.</summary>
    private static string Masked(string? name) =>
        name is { Length: <= 12 } && name.StartsWith("sk-...", System.StringComparison.Ordinal)
            ? name
            : Redaction.Mask(name ?? "");

    private static string? Named(string? id) => string.IsNullOrWhiteSpace(id) || id == "None" ? null : id;
}
