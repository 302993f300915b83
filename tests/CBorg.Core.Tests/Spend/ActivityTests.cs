using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Tests.Stub;
using Xunit;

namespace CBorg.Core.Tests.Spend;

public class ActivityTests
{
    private const string Route = "/user/daily/activity";

    private static readonly string s_two = Recorded.Page(
        false,
        Recorded.Day(
            "2026-11-18",
            ("lbl/cborg-mini", "openai/cborg-mini", Recorded.PersonalHash, 0m, 14),
            ("gpt-paid", "openai/gpt-paid", Recorded.PersonalHash, 0.038889m, 9)
        ),
        Recorded.Day("2026-11-17", ("gpt-paid", "openai/gpt-paid", Recorded.PersonalHash, 0.034568m, 8))
    );

    [Fact]
    public async Task There_is_one_row_for_each_day_and_model_oldest_first()
    {
        using StubServer server = new(("/key/info", Recorded.PersonalKey), (Route, s_two));
        List<DailySpend> rows = await RowsAsync(server);
        Assert.Equal(["17 gpt-paid 0.034568", "18 gpt-paid 0.038889", "18 lbl/cborg-mini 0"], rows.Select(Shown));
        Assert.Equal(
            (900L, 90L, 9L, 990L, 9L, 1L),
            (
                rows[1].PromptTokens,
                rows[1].CompletionTokens,
                rows[1].CachedTokens,
                rows[1].TotalTokens,
                rows[1].Requests,
                rows[1].FailedRequests
            )
        );
        Assert.Equal("start_date=2026-11-01&end_date=2026-11-20&page=1&page_size=1000", server.Requests.Last().Query);
    }

    [Fact]
    public async Task Dates_are_written_the_same_in_any_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("th-TH");
            using StubServer server = new(("/key/info", Recorded.PersonalKey), (Route, s_two));
            Assert.Equal(3, (await RowsAsync(server)).Count);
            Assert.StartsWith("start_date=2026-11-01&", server.Requests.Last().Query, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Pages_are_read_to_the_last_and_a_day_that_is_cut_is_joined()
    {
        string[] pages =
        [
            Recorded.Page(true, Recorded.Day("2026-11-18", ("a", "x/a", "k", 1m, 2))),
            Recorded.Page(true, Recorded.Day("2026-11-18", ("a", "x/a", "k", 0.5m, 3), ("b", "x/b", "k", 0.25m, 1))),
            Recorded.Page(false, Recorded.Day("2026-11-02", ("b", "x/b", "k", 0.125m, 1))),
        ];
        int page = 0;
        using StubServer server = new(request => request.Path == Route ? pages[page++] : Recorded.PersonalKey);
        List<DailySpend> rows = await RowsAsync(server);
        Assert.Equal(["02 b 0.125", "18 a 1.5", "18 b 0.25"], rows.Select(Shown));
        Assert.Equal(5, rows[1].Requests);
        Assert.Equal(
            ["page=1", "page=2", "page=3"],
            server.Requests.Where(request => request.Path == Route).Select(request => request.Query.Split('&')[2])
        );
    }

    [Fact]
    public async Task Calls_without_a_public_name_are_reported_by_the_underlying_one()
    {
        string page = Recorded.Page(
            false,
            Recorded.Day("2026-11-18", ("a", "x/a", "k", 1m, 2), ("", "x/b", "k", 2m, 3)),
            Recorded.Day("2026-11-17", ("", "x/b", "k", 2m, 3))
        );
        using StubServer server = new(("/key/info", Recorded.PersonalKey), (Route, page));
        Assert.Equal(["17 x/b 2", "18 x/b 2", "18 x/a 1"], (await RowsAsync(server)).Select(Shown));
    }

    [Fact]
    public async Task Days_without_spend_have_no_rows()
    {
        using StubServer server = new(("/key/info", Recorded.PersonalKey), (Route, Recorded.NoActivity));
        Assert.Empty(await RowsAsync(server));
    }

    [Fact]
    public async Task A_day_that_is_not_broken_down_keeps_its_money()
    {
        using StubServer server = new(
            ("/key/info", Recorded.PersonalKey),
            (
                Route,
                """{"results":[{"date":"2026-11-18","metrics":{"spend":"0.5","successful_requests":2,"failed_requests":1}}]}"""
            )
        );
        DailySpend row = Assert.Single(await RowsAsync(server));
        Assert.Equal(("", 0.5m, 3L), (row.Model, row.Spend, row.Requests));
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"results":null}""")]
    [InlineData("""{"results":[{"metrics":{"spend":1}}]}""")]
    [InlineData("""{"results":[{"date":"yesterday","metrics":{"spend":1}}]}""")]
    [InlineData("""{"results":[7]}""")]
    [InlineData("""{"results":[{"date":"2026-11-18","breakdown":{"models":{"a":{"metrics":{"tokens":1}}}}}]}""")]
    [InlineData("""{"results":[{"date":"2026-11-18","breakdown":{"models":{"a":{}}}}]}""")]
    [InlineData("[]")]
    public async Task An_answer_that_hides_the_figures_is_not_taken_for_zero(string body)
    {
        using StubServer server = new(("/key/info", Recorded.PersonalKey), (Route, body));
        Assert.Equal(ErrorKind.InvalidResponse, (await Assert.ThrowsAsync<CBorgProtocolException>(() => RowsAsync(server))).Kind);
    }

    [Fact]
    public async Task A_key_without_a_user_is_not_given_everybodys_days()
    {
        using StubServer server = new(("/key/info", Recorded.ProjectKey), (Route, s_two));
        CBorgException refused = await Assert.ThrowsAsync<CBorgAuthenticationException>(() => RowsAsync(server));
        Assert.Equal(ErrorKind.RouteNotAllowed, refused.Kind);
        Assert.Contains("belongs to no user", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_even_when_they_come_on_the_second_page()
    {
        string own = Recorded.Page(true, Recorded.Day("2026-11-18", ("a", "x/a", Recorded.ProjectHash, 1m, 2)));
        using StubServer server = new(request =>
            request.Path != Route ? Recorded.ProjectKey
            : request.Query.Contains("page=1&", StringComparison.Ordinal) ? own
            : s_two
        );
        List<DailySpend> rows = [];
        await Assert.ThrowsAsync<CBorgAuthenticationException>(() => RowsAsync(server, rows));
        Assert.Empty(rows);
    }

    [Fact]
    public async Task A_key_without_a_user_may_have_what_is_clearly_its_own()
    {
        string own = Recorded.Page(false, Recorded.Day("2026-11-18", ("a", "x/a", Recorded.ProjectHash, 1m, 2)));
        using StubServer server = new(("/key/info", Recorded.ProjectKey), (Route, own));
        Assert.Equal(["18 a 1"], (await RowsAsync(server)).Select(Shown));
        Assert.EndsWith($"&api_key={Recorded.ProjectHash}", server.Requests.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_versions_refuse_a_key_without_a_user_themselves()
    {
        using StubServer server = new(("/key/info", Recorded.ProjectKey), (Route, new StubReply(403, Recorded.ServiceAccount)));
        Assert.Equal(
            ErrorKind.RouteNotAllowed,
            (await Assert.ThrowsAsync<CBorgAuthenticationException>(() => RowsAsync(server))).Kind
        );
    }

    [Theory]
    [InlineData(
        403,
        """{"detail":"Virtual key is not allowed to call this route. Only allowed to call routes: ['llm_api_routes']. Tried to call route: /key/info"}""",
        ErrorKind.RouteNotAllowed
    )]
    [InlineData(400, Recorded.TeamOverBudget, ErrorKind.Budget)]
    [InlineData(500, "Internal Server Error", ErrorKind.ProxyFault)]
    public async Task When_the_key_cannot_be_known_nothing_is_asked(int status, string body, ErrorKind kind)
    {
        using StubServer server = new(("/key/info", new StubReply(status, body)), (Route, s_two));
        Assert.Equal(kind, (await Assert.ThrowsAnyAsync<CBorgException>(() => RowsAsync(server))).Kind);
        Assert.DoesNotContain(Route, server.Paths);
    }

    [Fact]
    public async Task A_last_day_before_the_first_is_refused_without_asking()
    {
        using StubServer server = new();
        Task Backwards() =>
            server
                .Client()
                .GetDailySpendAsync(new DateTime(2026, 11, 2), new DateTime(2026, 11, 1), _ => Task.CompletedTask, null, default);
        Assert.Equal(ErrorKind.BadRequest, (await Assert.ThrowsAsync<CBorgRequestException>(Backwards)).Kind);
        Assert.Empty(server.Requests);
    }

    private static string Shown(DailySpend row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.Date:dd} {row.Model} {row.Spend}");

    private static async Task<List<DailySpend>> RowsAsync(StubServer server)
    {
        List<DailySpend> rows = [];
        await RowsAsync(server, rows);
        return rows;
    }

    private static Task RowsAsync(StubServer server, List<DailySpend> into) =>
        server
            .Client()
            .GetDailySpendAsync(
                new DateTime(2026, 11, 1, 23, 59, 0),
                new DateTime(2026, 11, 20),
                row =>
                {
                    into.Add(row);
                    return Task.CompletedTask;
                },
                null,
                default
            );
}
