using System;
using System.Globalization;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class BudgetTests
{
    private const double CostOfOne = (17 * 1e-6) + (6 * 4e-6);

    [Theory]
    [InlineData("1.77", 400)]
    [InlineData("1.81", 400)]
    [InlineData("1.102", 429)]
    public async Task A_budget_stops_the_call_after_the_one_that_used_it_up(string generation, int status)
    {
        await using var caller = await Caller.StartAsync(generation, """{"role": "key", "max_budget": 0.00006}""");

        Assert.Equal(200, (await caller.ChatAsync()).Status);
        Assert.Equal(200, (await caller.ChatAsync()).Status);
        var third = await caller.ChatAsync();

        Assert.Equal(status, third.Status);
        Assert.Equal("budget_exceeded", third.ErrorType);
    }

    [Theory]
    [InlineData("1.77", 400)]
    [InlineData("1.81", 200)]
    [InlineData("1.102", 200)]
    public async Task Free_models_survive_a_keys_budget_in_later_generations(string generation, int status)
    {
        await using var caller = await Caller.StartAsync(generation, """{"role": "key", "max_budget": 1, "spend": 2}""");

        Assert.Equal(status, (await caller.ChatAsync(model: "free")).Status);
    }

    [Fact]
    public async Task The_header_tells_the_cost_to_the_last_digit()
    {
        await using var caller = await Caller.StartAsync("1.102", """{"role": "key"}""");

        var said = await caller.ChatAsync();

        Assert.Equal("4.1e-05", said.Header("x-litellm-response-cost"));
    }

    [Fact]
    public async Task Spend_shows_after_the_lag()
    {
        var clock = TurnableClock.Manual();
        await using var caller = await Caller.StartAsync(
            "1.102",
            """{"role": "key", "spend": 1.0}""",
            clock,
            TimeSpan.FromSeconds(5)
        );

        await caller.ChatAsync();
        var before = await SpendAsync(caller);
        await clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        var after = await SpendAsync(caller);

        Assert.Equal(1.0, before);
        Assert.Equal(1.0 + CostOfOne, after, 12);
    }

    private static async Task<double> SpendAsync(Caller caller) =>
        double.Parse((await caller.GetAsync("/key/info")).Json["info"]!["spend"]!.ToJsonString(), CultureInfo.InvariantCulture);
}
