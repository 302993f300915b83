using System;
using System.Globalization;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>What a rejection says of the wait, against how long it is.</summary>
public sealed class RetryAfterTests
{
    private static readonly string s_models =
        LimitBench.Model("slow", """{"prompt_tokens": 10, "completion_tokens": 5, "pause": 3}""")
        + LimitBench.Model("refused", "{}", model: "up-429");

    [Theory]
    [InlineData("1.81", 6)]
    [InlineData("1.81", 50)]
    [InlineData("1.81", 0.1)]
    [InlineData("1.102", 6)]
    [InlineData("1.102", 50)]
    [InlineData("1.102", 0.1)]
    public async Task It_says_a_minute_whenever_the_window_ends(string generation, double rejected)
    {
        await using var bench = await LimitBench.StartAsync(generation, """{"role": "key", "rpm_limit": 1}""");
        await bench.ChatAsync();
        await bench.AtAsync(rejected);

        var said = await bench.ChatAsync();

        var resets = bench
            .Clock.GetUtcNow()
            .AddSeconds(60)
            .ToLocalTime()
            .ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        Assert.Equal(("60", resets), (said.Header("retry-after"), said.Header("reset_at")));
        Assert.EndsWith(resets, said.ErrorMessage);
        Assert.Equal(60, await bench.FirstPassAsync(55, 0.5));
    }

    [Fact]
    public async Task The_oldest_has_no_reset_at()
    {
        await using var bench = await LimitBench.StartAsync("1.77", """{"role": "key", "rpm_limit": 1}""");

        await bench.ChatAsync();
        var said = await bench.ChatAsync();

        Assert.Equal(("60", null), (said.Header("retry-after"), said.Header("reset_at")));
    }

    [Fact]
    public async Task Room_that_calls_in_flight_hold_comes_back_with_their_ends_though_it_says_a_minute()
    {
        await using var bench = await LimitBench.StartAsync("1.102", """{"role": "key", "tpm_limit": 1000}""", models: s_models);

        var slow = await bench.BeginAsync("slow", members: ("max_tokens", 900));
        var said = await bench.ChatAsync();

        Assert.Equal(("tokens", "60"), (said.Header("rate_limit_type"), said.Header("retry-after")));
        Assert.Equal(3, await bench.FirstPassAsync(0.5, 0.5));
        Assert.Equal(200, (await slow).Status);
    }

    [Theory]
    [InlineData("1.77")]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task So_does_a_slot(string generation)
    {
        await using var bench = await LimitBench.StartAsync(
            generation,
            """{"role": "key", "max_parallel_requests": 1}""",
            models: s_models
        );

        var slow = await bench.BeginAsync("slow");
        var said = await bench.ChatAsync();

        Assert.Equal(("max_parallel_requests", "60"), (said.Header("rate_limit_type"), said.Header("retry-after")));
        Assert.InRange(await bench.FirstPassAsync(0.5, 0.1), 3, 3.1);
        Assert.Equal(200, (await slow).Status);
    }

    [Theory]
    [InlineData("1.77", null)]
    [InlineData("1.81", null)]
    [InlineData("1.102", "20")]
    public async Task The_providers_429_has_no_type_and_a_resting_deployments_seldom_a_wait(string generation, string? wait)
    {
        await using var bench = await LimitBench.StartAsync(generation, """{"role": "key"}""", models: s_models);

        var refused = await bench.ChatAsync("refused");
        var resting = await bench.ChatAsync("refused");

        Assert.Equal((429, null, null), (refused.Status, refused.Header("retry-after"), refused.Header("rate_limit_type")));
        Assert.StartsWith("No deployments available for selected model, Try again in 20 seconds.", resting.ErrorMessage);
        Assert.Equal((wait, null), (resting.Header("retry-after"), resting.Header("rate_limit_type")));
    }
}
