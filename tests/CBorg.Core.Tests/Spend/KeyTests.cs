using System;
using System.Threading.Tasks;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Spend;

public class KeyTests
{
    [Fact]
    public async Task A_personal_key_has_its_user_and_no_budget_of_its_own()
    {
        using StubServer server = new(("/key/info", Recorded.PersonalKey));
        KeyInfo key = await KeyAsync(server);
        Assert.Equal(
            ("sk-...0001", "someone@lbl.gov", "someone@lbl.gov", 4.25m, 5L),
            (key.Key, key.Alias, key.UserId, key.Spend, key.MaxParallelRequests)
        );
        Assert.Null(key.MaxBudget);
        Assert.Null(key.Expires);
        Assert.Null(key.Blocked);
        Assert.Equal(new DateTimeOffset(2026, 10, 5, 17, 30, 0, 123, TimeSpan.Zero), key.CreatedAt);
    }

    [Fact]
    public async Task A_budget_may_stand_beside_the_key()
    {
        using StubServer server = new(
            (
                "/key/info",
                """
                {"key":"x","info":{"key_name":"sk-...0002","user_id":"None","expires":"2027-01-02T03:04:05","models":["a",null],"allowed_routes":["llm_api_routes"],
                "litellm_budget_table":{"max_budget":"300","budget_duration":"1mo","budget_reset_at":"2026-12-01T00:00:00Z","rpm_limit":20.0,"tpm_limit":9000,"max_parallel_requests":3}}}
                """
            )
        );
        KeyInfo key = await KeyAsync(server);
        Assert.Equal(
            (300m, "1mo", 20L, 9000L, 3L),
            (key.MaxBudget, key.BudgetDuration, key.RequestsPerMinute, key.TokensPerMinute, key.MaxParallelRequests)
        );
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), key.BudgetResetAt);
        Assert.Equal(new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.Zero), key.Expires);
        Assert.Equal(["a"], key.Models);
        Assert.Equal(["llm_api_routes"], key.AllowedRoutes);
        Assert.Null(key.UserId);
        Assert.Null(key.Spend);
    }

    [Theory]
    [InlineData("\"sk-abcdefghijklmnop1234\"", "sk-...1234")]
    [InlineData("\"secret-without-prefix\"", "sk-...efix")]
    [InlineData("\"short\"", "sk-...")]
    [InlineData("null", "sk-...")]
    [InlineData("17", "sk-...")]
    public async Task A_key_is_never_shown_whole(string name, string shown)
    {
        using StubServer server = new(("/key/info", $$"""{"info":{"key_name":{{name}} } }"""));
        Assert.Equal(shown, (await KeyAsync(server)).Key);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"info":null}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task An_answer_without_a_key_is_invalid(string body)
    {
        using StubServer server = new(("/key/info", body));
        Assert.Equal(ErrorKind.InvalidResponse, (await Assert.ThrowsAsync<CBorgProtocolException>(() => KeyAsync(server))).Kind);
    }

    [Theory]
    [InlineData(400, Recorded.UserOverBudget, ErrorKind.Budget)]
    [InlineData(
        404,
        """{"error":{"message":"Key not found in database","type":"not_found_error","param":"key","code":"404"}}""",
        ErrorKind.NotFound
    )]
    [InlineData(500, "Internal Server Error", ErrorKind.ProxyFault)]
    public async Task Failures_keep_their_kind(int status, string body, ErrorKind kind)
    {
        using StubServer server = new(("/key/info", new StubReply(status, body)));
        Assert.Equal(kind, (await Assert.ThrowsAnyAsync<CBorgException>(() => KeyAsync(server))).Kind);
    }

    private static Task<KeyInfo> KeyAsync(StubServer server) => server.Client().GetKeyAsync(null, default);
}
