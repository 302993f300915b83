using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>Requests per minute: a fixed window that the first request opens, the same in all generations.</summary>
public sealed class WindowTests
{
    private const string Six = """{"role": "key", "rpm_limit": 6}""";

    public static TheoryData<string> Generations => new("1.77", "1.81", "1.102");

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task Eleven_requests_pass_within_twelve_seconds_over_the_edge_of_a_window(string generation)
    {
        await using var bench = await LimitBench.StartAsync(generation, Six);

        Assert.Equal("200", await bench.StatusesAsync(1));
        await bench.AtAsync(50);
        Assert.Equal("200 200 200 200 200", await bench.StatusesAsync(5));
        await bench.AtAsync(61);
        Assert.Equal("200 200 200 200 200 200 429 429", await bench.StatusesAsync(8));
        await bench.AtAsync(100);
        Assert.Equal("429", await bench.StatusesAsync(1));
        Assert.Equal(121, await bench.FirstPassAsync(120, 1));
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task A_late_rejection_moves_nothing(string generation)
    {
        await using var bench = await LimitBench.StartAsync(generation, Six);

        await bench.PassesAsync(6);
        await bench.AtAsync(50);

        Assert.Equal("429", await bench.StatusesAsync(1));
        Assert.Equal(60, await bench.FirstPassAsync(50.5, 0.5));
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task More_than_fifty_rejections_have_no_effect_on_what_comes_after(string generation)
    {
        await using var bench = await LimitBench.StartAsync(generation, Six);
        var passed = new List<int>();
        for (var second = 0; second < 135; second++)
        {
            await bench.AtAsync(second);
            if ((await bench.ChatAsync()).Status == 200)
            {
                passed.Add(second);
            }
        }

        Assert.Equal([.. Enumerable.Range(0, 6), .. Enumerable.Range(60, 6), .. Enumerable.Range(120, 6)], passed);
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task There_is_no_window_while_nobody_asks(string generation)
    {
        await using var bench = await LimitBench.StartAsync(generation, Six);

        await bench.PassesAsync(3);
        await bench.AtAsync(75);

        Assert.Equal("200 200 200 200 200 200 429", await bench.StatusesAsync(7));
        Assert.Equal(135, await bench.FirstPassAsync(120, 0.5));
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task A_window_that_began_late_in_a_second_ends_early_when_nothing_was_rejected(string generation)
    {
        await using var bench = await LimitBench.StartAsync(generation, Six, fraction: 0.9);

        await bench.PassesAsync(6);
        await bench.AtAsync(59.12);
        var said = await bench.ChatAsync();

        Assert.Equal((200, 5), (said.Status, said.Number("x-ratelimit-api_key-remaining-requests")));
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task It_does_not_end_before_a_whole_second_of_the_servers_clock(string generation)
    {
        await using var bench = await LimitBench.StartAsync(generation, Six, fraction: 0.9);

        await bench.PassesAsync(6);
        await bench.AtAsync(59.09);

        Assert.Equal("429", await bench.StatusesAsync(1));
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task After_a_rejection_it_lasts_for_the_full_minute(string generation)
    {
        await using var bench = await LimitBench.StartAsync(generation, Six, fraction: 0.9);

        await bench.PassesAsync(6);
        await bench.AtAsync(0.1);
        await bench.ChatAsync();

        Assert.Equal(60, await bench.FirstPassAsync(58.5, 0.1));
    }

    [Theory]
    [MemberData(nameof(Generations))]
    public async Task Every_scope_has_a_window_of_its_own(string generation)
    {
        await using var bench = await LimitBench.StartAsync(
            generation,
            """{"role": "a", "user_id": "u", "rpm_limit": 2}, {"role": "b", "user_id": "u", "rpm_limit": 2}""",
            """{"user_id": "u", "rpm_limit": 3}"""
        );

        Assert.Equal("200", await bench.StatusesAsync(1, key: "a"));
        await bench.AtAsync(30);
        Assert.Equal("200 200 429", await bench.StatusesAsync(3, key: "b"));
        await bench.AtAsync(61);

        Assert.Equal("429", await bench.StatusesAsync(1, key: "b"));
        Assert.Equal("200 200 429", await bench.StatusesAsync(3, key: "a"));
        Assert.Equal(90, await bench.FirstPassAsync(80, 0.5, key: "b"));
    }

    [Theory]
    [InlineData("1.77", 500)]
    [InlineData("1.81", 500)]
    [InlineData("1.102", 400)]
    public async Task Calls_that_fail_count_and_gets_do_not(string generation, int missing)
    {
        await using var bench = await LimitBench.StartAsync(generation, Six);

        var broken = await bench.StatusesAsync(1, "broken");
        await bench.AtAsync(10);
        var again = await bench.StatusesAsync(1, "broken");
        var unknown = await bench.StatusesAsync(1, "nothing-of-that-name");
        var empty = await bench.Caller.PostAsync("/chat/completions", "key", new() { ["model"] = "plain" });
        await bench.Caller.GetAsync("/v1/models");
        await bench.Caller.GetAsync("/key/info");
        var next = await bench.ChatAsync();

        Assert.Equal(("500", "500", "400", missing), (broken, again, unknown, empty.Status));
        Assert.Equal(1, next.Number("x-ratelimit-api_key-remaining-requests"));
    }
}
