using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>Which of several limits is named, and in which words.</summary>
public sealed class OrderTests
{
    private static readonly string s_models = LimitBench.Model(
        "slow",
        """{"prompt_tokens": 10, "completion_tokens": 5, "pause": 5}"""
    );

    [Theory]
    [InlineData("1.81", "None")]
    [InlineData("1.102", "throttling_error")]
    public async Task The_text_names_scope_type_limit_and_rest(string generation, string type)
    {
        await using var bench = await LimitBench.StartAsync(
            generation,
            """{"role": "key", "user_id": "u-rpm", "rpm_limit": 10}""",
            """{"user_id": "u-rpm", "rpm_limit": 4}"""
        );

        await bench.PassesAsync(4);
        var fifth = await bench.ChatAsync();

        Assert.StartsWith(
            "Rate limit exceeded for user: u-rpm. Limit type: requests. Current limit: 4, Remaining: 0. Limit resets at: ",
            fifth.ErrorMessage
        );
        Assert.Equal((429, type, "requests"), (fifth.Status, fifth.ErrorType, fifth.Header("rate_limit_type")));
    }

    [Theory]
    [InlineData("""{"role": "key", "user_id": "u", "rpm_limit": 10}""")]
    [InlineData("""{"role": "key", "team_id": "t", "rpm_limit": 10}""")]
    public async Task The_oldest_text_names_the_key_where_its_users_or_teams_limit_was_met_and_the_header_is_right(string key)
    {
        await using var bench = await LimitBench.StartAsync(
            "1.77",
            key,
            """{"user_id": "u", "rpm_limit": 4}""",
            """{"team_id": "t", "rpm_limit": 4}"""
        );

        await bench.PassesAsync(4);
        var fifth = await bench.ChatAsync();

        Assert.Matches("^Rate limit exceeded for api_key: [0-9a-f]{64}\\. Remaining: -1$", fifth.ErrorMessage);
        Assert.Equal(("None", "requests", null), (fifth.ErrorType, fifth.Header("rate_limit_type"), fifth.Header("reset_at")));
    }

    [Theory]
    [InlineData("""{"role": "key", "rpm_limit": 1, "user_id": "u", "team_id": "t"}""", "api_key: [0-9a-f]{64}")]
    [InlineData("""{"role": "key", "user_id": "u", "team_id": "t"}""", "user: u")]
    [InlineData("""{"role": "key", "team_id": "t", "team_member_rpm_limit": 1}""", "team: t")]
    [InlineData(
        """{"role": "key", "user_id": "v", "team_id": "w", "team_member_rpm_limit": 1, "metadata": {"model_rpm_limit": {"plain": 1}}}""",
        "team_member: w:v"
    )]
    [InlineData("""{"role": "key", "metadata": {"model_rpm_limit": {"plain": 1}}}""", "model_per_key: [0-9a-f]{64}:plain")]
    [InlineData("""{"role": "key", "team_id": "m"}""", "model_per_team: m:plain")]
    public async Task Of_several_the_first_in_order_is_named(string key, string named)
    {
        foreach (var generation in (string[])["1.81", "1.102"])
        {
            await using var bench = await LimitBench.StartAsync(
                generation,
                key,
                """{"user_id": "u", "rpm_limit": 1}, {"user_id": "v"}""",
                """{"team_id": "t", "rpm_limit": 1}, {"team_id": "w"}, {"team_id": "m", "metadata": {"model_rpm_limit": {"plain": 2}}}"""
            );

            await bench.ChatAsync();

            Assert.Matches(
                $"^Rate limit exceeded for {named}\\. Limit type: requests\\.",
                (await bench.ChatAsync()).ErrorMessage
            );
        }
    }

    [Theory]
    [InlineData("1.77", "max_parallel_requests")]
    [InlineData("1.81", "max_parallel_requests")]
    [InlineData("1.102", "requests")]
    public async Task Requests_of_all_scopes_come_first_only_in_the_newest(string generation, string type)
    {
        await using var bench = await LimitBench.StartAsync(
            generation,
            """{"role": "key", "user_id": "u", "max_parallel_requests": 1}""",
            """{"user_id": "u", "rpm_limit": 1}""",
            models: s_models
        );

        var slow = await bench.BeginAsync("slow");
        var rejected = await bench.ChatAsync();
        await bench.AtAsync(6);
        await slow;

        Assert.Equal(type, rejected.Header("rate_limit_type"));
    }

    [Fact]
    public async Task Slots_come_before_tokens_in_the_newest()
    {
        await using var bench = await LimitBench.StartAsync(
            "1.102",
            """{"role": "key", "tpm_limit": 500, "max_parallel_requests": 1}""",
            models: s_models
        );

        var slow = await bench.BeginAsync("slow");
        var rejected = await bench.ChatAsync(members: ("max_tokens", 5000));
        await bench.AtAsync(6);
        await slow;
        await bench.AtAsync(7);
        var tooLarge = await bench.ChatAsync(members: ("max_tokens", 5000));

        Assert.Equal(
            ("max_parallel_requests", "tokens"),
            (rejected.Header("rate_limit_type"), tooLarge.Header("rate_limit_type"))
        );
    }
}
