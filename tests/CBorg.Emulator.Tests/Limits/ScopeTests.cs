using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>Which limits apply, in which order, and how replies tell of them.</summary>
public sealed class ScopeTests
{
    private const string Everything = """
        {"role": "key", "user_id": "u", "team_id": "t", "rpm_limit": 100, "tpm_limit": 50000, "max_parallel_requests": 7,
         "team_member_rpm_limit": 40, "team_member_tpm_limit": 20000, "metadata": {"model_rpm_limit": {"plain": 30}, "model_tpm_limit": {"plain": 10000}}}
        """;

    private const string User = """{"user_id": "u", "rpm_limit": 90, "tpm_limit": 40000, "max_parallel_requests": 2}""";
    private const string Team = """{"team_id": "t", "rpm_limit": 80, "tpm_limit": 30000}""";

    [Theory]
    [InlineData("1.77")]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task A_plain_reply_tells_every_limit_that_applies(string generation)
    {
        await using var bench = await LimitBench.StartAsync(generation, Everything, User, Team);

        var said = await bench.ChatAsync();

        Assert.Equal(
            [
                "api_key-limit-max_parallel_requests: 7",
                "api_key-limit-requests: 100",
                "api_key-limit-tokens: 50000",
                "model_per_key-limit-requests: 30",
                "model_per_key-limit-tokens: 10000",
                "team-limit-requests: 80",
                "team-limit-tokens: 30000",
                "team_member-limit-requests: 40",
                "team_member-limit-tokens: 20000",
                "user-limit-requests: 90",
                "user-limit-tokens: 40000",
            ],
            Told(said, "-limit-")
        );
        Assert.Equal(
            ("99", "29"),
            (said.Header("x-ratelimit-api_key-remaining-requests"), said.Header("x-ratelimit-model_per_key-remaining-requests"))
        );
        Assert.Equal("6", said.Header("x-ratelimit-api_key-remaining-max_parallel_requests"));
        Assert.Equal(11, Told(said, "-remaining-").Count());
    }

    [Theory]
    [InlineData("1.77", false)]
    [InlineData("1.81", true)]
    [InlineData("1.102", true)]
    public async Task Streams_errors_and_gets_tell_no_limits_and_embeddings_not_always(string generation, bool embeddings)
    {
        await using var bench = await LimitBench.StartAsync(generation, Everything, User, Team);

        var embedded = await bench.Caller.PostAsync("/embeddings", "key", new() { ["model"] = "embed", ["input"] = "x" });
        var stream = await bench.ChatAsync(members: ("stream", true));
        var error = await bench.ChatAsync("broken");
        var models = await bench.Caller.GetAsync("/v1/models");
        var info = await bench.Caller.GetAsync("/key/info");

        Assert.Equal(embeddings, Told(embedded, "-limit-").Any());
        Assert.All([stream, error, models, info], said => Assert.Empty(Told(said, "-limit-").Concat(Told(said, "-remaining-"))));
        Assert.All(
            [embedded, stream, error],
            said =>
                Assert.Equal(("100", "50000"), (said.Header("x-litellm-key-rpm-limit"), said.Header("x-litellm-key-tpm-limit")))
        );
        Assert.All([models, info], said => Assert.Null(said.Header("x-litellm-key-rpm-limit")));
    }

    [Fact]
    public async Task A_keys_own_limits_that_are_not_set_are_not_told()
    {
        await using var bench = await LimitBench.StartAsync("1.102", """{"role": "key", "user_id": "u"}""", User);

        var said = await bench.ChatAsync();

        Assert.Null(said.Header("x-litellm-key-rpm-limit"));
        Assert.Null(said.Header("x-litellm-key-tpm-limit"));
    }

    [Theory]
    [InlineData("1.77")]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task A_users_limit_is_shared_by_its_keys(string generation)
    {
        await using var bench = await LimitBench.StartAsync(
            generation,
            """{"role": "a", "user_id": "u", "rpm_limit": 10}, {"role": "b", "user_id": "u", "rpm_limit": 10}""",
            """{"user_id": "u", "rpm_limit": 4}"""
        );

        List<Said> said = [];
        foreach (var key in (string[])["a", "a", "b", "b"])
        {
            said.Add(await bench.ChatAsync(key: key));
        }

        Assert.Equal([9, 8, 9, 8], said.Select(s => s.Number("x-ratelimit-api_key-remaining-requests")!.Value));
        Assert.Equal([3, 2, 1, 0], said.Select(s => s.Number("x-ratelimit-user-remaining-requests")!.Value));
        var rejected = await bench.ChatAsync(key: "a");
        Assert.Equal((429, 429), (rejected.Status, (await bench.ChatAsync(key: "b")).Status));
        Assert.Equal("10", rejected.Header("x-litellm-key-rpm-limit"));
    }

    [Theory]
    [InlineData("1.77", 999, 958, 917)]
    [InlineData("1.81", 999, 898, 797)]
    [InlineData("1.102", 942, 842, 742)]
    public async Task Remaining_tokens_are_before_this_calls_own_or_after_its_reservation(
        string generation,
        int first,
        int second,
        int third
    )
    {
        await using var bench = await LimitBench.StartAsync(generation, """{"role": "key", "tpm_limit": 1000}""");
        List<int> remaining = [];
        for (var i = 0; i < 3; i++)
        {
            remaining.Add(
                (await bench.ChatAsync(members: ("max_tokens", 50))).Number("x-ratelimit-api_key-remaining-tokens")!.Value
            );
        }

        Assert.Equal([first, second, third], remaining);
    }

    [Theory]
    [InlineData("1.77", 4, null)]
    [InlineData("1.81", 1, 0)]
    [InlineData("1.102", 1, 0)]
    public async Task A_teams_limit_of_a_model_counts_twice_a_call_where_it_counts(string generation, int pass, int? remaining)
    {
        await using var bench = await LimitBench.StartAsync(
            generation,
            """{"role": "key", "team_id": "t"}""",
            teams: """{"team_id": "t", "metadata": {"model_rpm_limit": {"plain": 2}}}"""
        );

        var first = await bench.ChatAsync();

        Assert.Equal((200, remaining), (first.Status, first.Number("x-ratelimit-model_per_team-remaining-requests")));
        Assert.Equal(pass - 1, await bench.PassesAsync(3));
    }

    [Fact]
    public async Task Information_routes_tell_a_keys_own_limits_its_users_and_its_teams()
    {
        await using var bench = await LimitBench.StartAsync("1.102", Everything + """, {"role": "alone"}""", User, Team);

        var key = (await bench.Caller.GetAsync("/key/info")).Json["info"]!;
        var user = (await bench.Caller.GetAsync("/user/info")).Json["user_info"]!;
        var team = (await bench.Caller.GetAsync("/team/info?team_id=t")).Json["team_info"]!;

        Assert.Equal((100, 50000, 7), ((int)key["rpm_limit"]!, (int)key["tpm_limit"]!, (int)key["max_parallel_requests"]!));
        Assert.Equal(30, (int)key["metadata"]!["model_rpm_limit"]!["plain"]!);
        Assert.Equal((90, 40000), ((int)user["rpm_limit"]!, (int)user["tpm_limit"]!));
        Assert.Equal((80, 30000), ((int)team["rpm_limit"]!, (int)team["tpm_limit"]!));
        Assert.Equal(404, (await bench.Caller.GetAsync("/user/info", "alone")).Status);
        Assert.Equal(403, (await bench.Caller.GetAsync("/team/info?team_id=t", "alone")).Status);
    }

    [Fact]
    public async Task The_providers_own_limits_have_no_scope_and_are_on_the_newest_generations_streams()
    {
        await using var bench = await LimitBench.StartAsync("1.102", """{"role": "key"}""");

        var stream = await bench.ChatAsync(members: ("stream", true));

        Assert.Equal(
            ("10000", "9999"),
            (stream.Header("x-ratelimit-limit-requests"), stream.Header("x-ratelimit-remaining-requests"))
        );
    }

    private static IEnumerable<string> Told(Said said, string kind) =>
        said
            .Headers.Where(header =>
                header.Key.StartsWith("x-ratelimit-", System.StringComparison.Ordinal)
                && header.Key.Contains(kind, System.StringComparison.Ordinal)
            )
            .Where(header =>
                !header.Key.StartsWith("x-ratelimit-limit-", System.StringComparison.Ordinal)
                && !header.Key.StartsWith("x-ratelimit-remaining-", System.StringComparison.Ordinal)
            )
            .Select(header => $"{header.Key["x-ratelimit-".Length..]}: {header.Value}")
            .Order(System.StringComparer.Ordinal);
}
