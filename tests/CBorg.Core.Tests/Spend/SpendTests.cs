using System;
using System.Threading.Tasks;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Spend;

public class SpendTests
{
    [Fact]
    public async Task A_personal_key_has_its_users_budget()
    {
        using StubServer server = new(("/key/info", Recorded.PersonalKey), ("/user/info", Recorded.PersonalUser));
        SpendInfo spend = await SpendAsync(server);
        Assert.Equal(
            ("User", "someone@lbl.gov", 12.345678m, 50m, 37.654322m, "1mo"),
            (spend.Scope, spend.Name, spend.Spend, spend.MaxBudget, spend.Remaining, spend.BudgetDuration)
        );
        Assert.Equal(24.691356, spend.PercentUsed!.Value, 6);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), spend.BudgetResetAt);
    }

    [Fact]
    public async Task A_project_key_has_its_own_and_no_user_is_asked_for()
    {
        using StubServer server = new(("/key/info", Recorded.ProjectKey), ("/user/info", Recorded.PersonalUser));
        SpendInfo spend = await SpendAsync(server);
        Assert.Equal(
            ("Key", "project-alpha", 101.2m, 300m, 198.8m),
            (spend.Scope, spend.Name, spend.Spend, spend.MaxBudget, spend.Remaining)
        );
        Assert.Equal(["/key/info"], server.Paths);
    }

    [Theory]
    [InlineData(404, """{"error":{"message":"User None not found","type":"internal_server_error","param":null,"code":"404"}}""")]
    [InlineData(
        401,
        """{"error":{"message":"{'error': 'Only admin users can query all teams/other teams. Your user role=internal_user'}","type":"internal_server_error","param":"None","code":"401"}}"""
    )]
    [InlineData(
        403,
        """{"detail":"Virtual key is not allowed to call this route. Only allowed to call routes: ['x']. Tried to call route: /user/info"}"""
    )]
    [InlineData(200, """{"user_id":null,"user_info":null,"keys":[{"user_id":"other@lbl.gov","spend":999.0}],"teams":[]}""")]
    [InlineData(
        200,
        """{"user_id":"other@lbl.gov","user_info":{"user_id":"other@lbl.gov","spend":999.0,"max_budget":1000.0},"keys":[],"teams":[]}"""
    )]
    [InlineData(200, """{"user_info":{"spend":999.0,"max_budget":1000.0}}""")]
    [InlineData(200, "[]")]
    public async Task Without_a_user_of_its_own_the_keys_figures_count(int status, string user)
    {
        using StubServer server = new(("/key/info", Recorded.PersonalKey), ("/user/info", new StubReply(status, user)));
        SpendInfo spend = await SpendAsync(server);
        Assert.Equal(("Key", "someone@lbl.gov", 4.25m), (spend.Scope, spend.Name, spend.Spend));
        Assert.Null(spend.MaxBudget);
        Assert.Null(spend.Remaining);
        Assert.Null(spend.PercentUsed);
    }

    [Fact]
    public async Task A_user_without_a_budget_leaves_it_to_the_key()
    {
        using StubServer server = new(
            ("/key/info", """{"info":{"key_name":"sk-...0002","user_id":"a","spend":"1.5","max_budget":2}}"""),
            ("/user/info", """{"user_id":"a","user_info":{"user_id":"a","spend":7,"max_budget":null}}""")
        );
        SpendInfo spend = await SpendAsync(server);
        Assert.Equal(("Key", 1.5m, 0.5m), (spend.Scope, spend.Spend, spend.Remaining));
    }

    [Theory]
    [InlineData(Recorded.UserOverBudget, "User", "spent@lbl.gov", 50.1, 50)]
    [InlineData(Recorded.TeamOverBudget, "Team", "team-spent", 10.5, 10)]
    [InlineData(Recorded.KeyOverBudget, "Key", "overbudg", 1.5, 1)]
    [InlineData(
        """{"error":{"message":"Budget has been exceeded! Current cost: 1.5e0, Max budget: 1","type":"budget_exceeded"}}""",
        "Key",
        null,
        1.5,
        1
    )]
    public async Task A_budget_that_refuses_the_question_has_answered_it(
        string refusal,
        string scope,
        string? name,
        double spent,
        double budget
    )
    {
        using StubServer server = new(("/key/info", Recorded.Refused(refusal)), ("/user/info", Recorded.Refused(refusal)));
        SpendInfo spend = await SpendAsync(server);
        Assert.Equal(
            (scope, name, (decimal)spent, (decimal)budget, 0m),
            (spend.Scope, spend.Name, spend.Spend, spend.MaxBudget, spend.Remaining)
        );
        Assert.True(spend.PercentUsed > 100);
        Assert.Null(spend.BudgetResetAt);
    }

    [Fact]
    public async Task The_user_may_be_refused_where_the_key_is_not()
    {
        using StubServer server = new(
            ("/key/info", Recorded.PersonalKey),
            ("/user/info", Recorded.Refused(Recorded.UserOverBudget))
        );
        Assert.Equal(("User", 50.1m), (await SpendAsync(server) is var spend ? spend.Scope : "", spend.Spend));
    }

    [Fact]
    public async Task A_refusal_without_figures_stays_a_failure()
    {
        using StubServer server = new(
            ("/key/info", new StubReply(429, """{"error":{"message":"Max budget limit reached.","type":"throttling_error"}}"""))
        );
        Assert.Equal(ErrorKind.Budget, (await Assert.ThrowsAsync<CBorgBudgetException>(() => SpendAsync(server))).Kind);
    }

    [Fact]
    public async Task A_budget_of_nothing_is_used_up()
    {
        using StubServer server = new(("/key/info", """{"info":{"spend":0.0,"max_budget":0.0}}"""));
        SpendInfo spend = await SpendAsync(server);
        Assert.Equal((0m, 100.0), (spend.Remaining, spend.PercentUsed));
    }

    [Fact]
    public async Task A_key_that_may_not_ask_about_itself_may_still_ask_for_its_user()
    {
        using StubServer server = new(("/key/info", Recorded.Barred), ("/user/info", Recorded.PersonalUser));
        Assert.Equal("User", (await SpendAsync(server)).Scope);
    }

    [Fact]
    public async Task A_key_that_may_ask_neither_is_told_so()
    {
        using StubServer server = new(("/key/info", Recorded.Barred), ("/user/info", Recorded.Barred));
        Assert.Equal(
            ErrorKind.RouteNotAllowed,
            (await Assert.ThrowsAsync<CBorgAuthenticationException>(() => SpendAsync(server))).Kind
        );
    }

    [Fact]
    public async Task A_key_that_may_not_ask_about_itself_takes_nobody_elses_figures()
    {
        using StubServer server = new(
            ("/key/info", Recorded.Barred),
            ("/user/info", """{"user_id":null,"user_info":{"spend":999.0},"keys":[]}""")
        );
        Assert.Equal(
            ErrorKind.RouteNotAllowed,
            (await Assert.ThrowsAsync<CBorgAuthenticationException>(() => SpendAsync(server))).Kind
        );
    }

    [Fact]
    public async Task An_unknown_key_is_not_taken_for_one_without_a_user()
    {
        StubReply unknown = new(
            401,
            """{"error":{"message":"Authentication Error, Invalid proxy server token passed.","type":"token_not_found_in_db","param":"key","code":"401"}}"""
        );
        using StubServer server = new(("/key/info", unknown), ("/user/info", Recorded.PersonalUser));
        Assert.Equal(
            ErrorKind.KeyUnknown,
            (await Assert.ThrowsAsync<CBorgAuthenticationException>(() => SpendAsync(server))).Kind
        );
    }

    private static Task<SpendInfo> SpendAsync(StubServer server) => server.Client().GetSpendAsync(null, default);
}
