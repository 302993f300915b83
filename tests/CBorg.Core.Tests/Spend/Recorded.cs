using System.Linq;
using CBorg.Core.Tests.Stub;

namespace CBorg.Core.Tests.Spend;

/// <summary>What real proxies of three generations said.</summary>
internal static class Recorded
{
    public const string PersonalHash = "6e98277038763789909d0b2f53ba8f7df3b89314f0d9e8d403e52621ba61d9df";
    public const string ProjectHash = "b7427a92eaf2c7ea554d1a0675a430a48e06df077101f3115be8d0877ccf57ad";

    public const string UserOverBudget =
        """{"error":{"message":"ExceededBudget: User=spent@lbl.gov over budget. Spend=50.1, Budget=50.0","type":"budget_exceeded","param":null,"code":"400"}}""";
    public const string TeamOverBudget =
        """{"error":{"message":"Budget has been exceeded! Team=team-spent Current cost: 10.5, Max budget: 10.0","type":"budget_exceeded","param":null,"code":"400"}}""";
    public const string KeyOverBudget =
        """{"error":{"message":"Budget has been exceeded! Key=overbudg (sk-...0005) Current cost: 1.5, Max budget: 1.0","type":"budget_exceeded","param":null,"code":"429"}}""";
    public const string NoActivity =
        """{"results":[],"metadata":{"total_spend":0.0,"page":1,"total_pages":0,"has_more":false}}""";
    public const string ServiceAccount =
        """{"detail":{"error":"Service-account keys cannot query user analytics. Use a user-bound key, or call as a proxy admin."}}""";

    public const string PersonalKey = """
        {"key":"6e98277038763789909d0b2f53ba8f7df3b89314f0d9e8d403e52621ba61d9df","info":{"key_name":"sk-...0001","key_alias":"someone@lbl.gov","soft_budget_cooldown":false,"spend":4.25,
        "expires":null,"models":[],"aliases":{},"config":{},"user_id":"someone@lbl.gov","team_id":null,"permissions":{},"max_parallel_requests":5,"metadata":{},"blocked":null,"tpm_limit":null,
        "rpm_limit":null,"max_budget":null,"budget_duration":null,"budget_reset_at":null,"allowed_cache_controls":[],"allowed_routes":[],"model_spend":{},"model_max_budget":{},"budget_id":null,
        "created_at":"2026-10-05T17:30:00.123000+00:00","created_by":"default_user_id","litellm_budget_table":null,"object_permission":null}}
        """;

    public const string ProjectKey = """
        {"key":"b7427a92eaf2c7ea554d1a0675a430a48e06df077101f3115be8d0877ccf57ad","info":{"key_name":"sk-...0002","key_alias":"project-alpha","spend":101.2,"expires":null,"models":[],"user_id":null,
        "team_id":null,"max_parallel_requests":null,"blocked":null,"tpm_limit":null,"rpm_limit":null,"max_budget":300.0,"budget_duration":"1mo","budget_reset_at":"2026-12-01T00:00:00+00:00",
        "allowed_routes":[],"budget_id":"budget-project","created_at":"2026-10-05T17:30:00.123000+00:00","litellm_budget_table":{"budget_id":"budget-project","max_budget":300.0,
        "max_parallel_requests":null,"tpm_limit":null,"rpm_limit":null,"budget_duration":"1mo","budget_reset_at":"2026-12-01T00:00:00+00:00"}}}
        """;

    public const string PersonalUser = """
        {"user_id":"someone@lbl.gov","user_info":{"user_id":"someone@lbl.gov","user_alias":null,"teams":[],"user_role":"internal_user","max_budget":50.0,"spend":12.345678,
        "user_email":"someone@lbl.gov","models":[],"budget_duration":"1mo","budget_reset_at":"2026-12-01T00:00:00Z","created_at":"2026-10-05T17:30:00.123000Z"},
        "keys":[{"token":"6e98277038763789909d0b2f53ba8f7df3b89314f0d9e8d403e52621ba61d9df","key_name":"sk-...0001","spend":4.25,"user_id":"someone@lbl.gov","team_alias":"None"}],"teams":[]}
        """;

    /// <summary>Up to 1.77, from 1.80.</summary>
    public static StubReply NoUserOld { get; } =
        new(
            401,
            """{"error":{"message":"{'error': 'Only admin users can query all teams/other teams. Your user role=internal_user'}","type":"internal_server_error","param":"None","code":"401"}}"""
        );

    public static StubReply NoUser { get; } =
        new(404, """{"error":{"message":"User None not found","type":"internal_server_error","param":"None","code":"404"}}""");

    /// <summary>Up to 1.77, from 1.80.</summary>
    public static StubReply BarredOld { get; } = new(500, "Internal Server Error", "text/plain");

    public static StubReply Barred { get; } =
        new(
            403,
            """{"detail":"Virtual key is not allowed to call this route. Only allowed to call routes: ['llm_api_routes']. Tried to call route: /key/info"}"""
        );

    public static StubReply Refused(string body) =>
        new(body.Contains("\"429\"", System.StringComparison.Ordinal) ? 429 : 400, body);

    public static string Day(string date, params (string Group, string Model, string Key, decimal Spend, int Calls)[] rows)
    {
        string groups = string.Join(",", rows.Where(row => row.Group.Length > 0).Select(row => $"\"{row.Group}\":{Model(row)}"));
        string models = string.Join(",", rows.Select(row => $"\"{row.Model}\":{Model(row)}"));
        string keys = string.Join(
            ",",
            rows.GroupBy(row => row.Key)
                .Select(key =>
                    $"\"{key.Key}\":{{\"metrics\":{Metrics(key.Sum(row => row.Spend), key.Sum(row => row.Calls))},\"metadata\":{{}}}}"
                )
        );
        return $$"""
            {"date":"{{date}}","metrics":{{Metrics(rows.Sum(row => row.Spend), rows.Sum(row => row.Calls))}},
            "breakdown":{"mcp_servers":{},"models":{{{models}}},"model_groups":{{{groups}}},"providers":{},"api_keys":{{{keys}}},"entities":{} } }
            """;
    }

    public static string Page(bool hasMore, params string[] days) =>
        $$"""{"results":[{{string.Join(",", days)}}],"metadata":{"total_spend":0.1,"page":1,"total_pages":2,"has_more":{{(hasMore ? "true" : "false")}} } }""";

    private static string Model((string Group, string Model, string Key, decimal Spend, int Calls) row) =>
        $$$"""{"metrics":{{{Metrics(row.Spend, row.Calls)}}},"metadata":{},"api_key_breakdown":{"{{{row.Key}}}":{"metrics":{{{Metrics(row.Spend, row.Calls)}}},"metadata":{"key_alias":"x"} } } }""";

    private static string Metrics(decimal spend, int calls) =>
        System.FormattableString.Invariant(
            $$"""{"spend":{{spend}},"flat_cost":0.0,"prompt_tokens":{{calls * 100}},"completion_tokens":{{calls * 10}},"cache_read_input_tokens":{{calls}},"cache_creation_input_tokens":0,"total_tokens":{{calls * 110}},"successful_requests":{{calls - 1}},"failed_requests":1,"api_requests":{{calls}}}"""
        );
}
