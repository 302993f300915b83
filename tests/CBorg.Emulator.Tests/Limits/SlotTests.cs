using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Emulator.Tests.Limits;

/// <summary>max_parallel_requests: when a slot is taken, when it comes back, what a rejection costs.</summary>
public sealed class SlotTests
{
    private const string One = """{"role": "key", "max_parallel_requests": 1}""";

    private static readonly string s_models =
        LimitBench.Model("slow", """{"prompt_tokens": 10, "completion_tokens": 5, "pause": 4}""")
        + LimitBench.Model("short", """{"prompt_tokens": 10, "completion_tokens": 5, "pause": 2}""")
        + LimitBench.Model("long", """{"prompt_tokens": 10, "completion_tokens": 5, "pause": 75}""")
        + LimitBench.Model(
            "longer",
            """{"prompt_tokens": 10, "completion_tokens": 5, "pause": 4000}""",
            parameters: """, "timeout": 9000"""
        )
        + LimitBench.Model("hangs", "{}", model: "up-hang", parameters: """, "timeout": 2""")
        + LimitBench.Model("refused", "{}", model: "up-429")
        + LimitBench.Model("stream4", """{"text": "one two", "word_pause": 1}""");

    [Theory]
    [InlineData("1.77", false)]
    [InlineData("1.77", true)]
    [InlineData("1.81", false)]
    [InlineData("1.81", true)]
    public async Task Before_a_slot_is_back_with_the_replys_last_byte(string generation, bool stream)
    {
        await using var bench = await StartAsync(generation, One);

        Assert.Equal(30, await bench.PassesAsync(30, members: ("stream", stream)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Now_a_keys_first_call_gives_its_slot_back_30_ms_late_and_later_ones_at_once(bool stream)
    {
        await using var bench = await StartAsync("1.102", One);

        Assert.Equal("200 429", await bench.StatusesAsync(2, members: ("stream", stream)));
        await bench.AtAsync(0.029);
        Assert.Equal("429", await bench.StatusesAsync(1, members: ("stream", stream)));
        await bench.AtAsync(0.03);
        Assert.Equal(28, await bench.PassesAsync(28, members: ("stream", stream)));
    }

    [Theory]
    [InlineData("1.77", 4)]
    [InlineData("1.81", 4)]
    [InlineData("1.102", 4.3)]
    public async Task A_stream_holds_its_slot_to_its_end(string generation, double passes)
    {
        await using var bench = await StartAsync(generation, One);

        var stream = await bench.BeginAsync("stream4", members: ("stream", true));

        // Polled as the real one was; its first call of the key lagged, too.
        Assert.Equal(double.PositiveInfinity, await bench.FirstPassAsync(0.1, 0.1, until: 3.9));
        Assert.Equal(passes, await bench.FirstPassAsync(4, 0.3));
        Assert.EndsWith("data: [DONE]\n\n", (await stream).Text);
    }

    [Theory]
    [InlineData("1.77", 60, 2)]
    [InlineData("1.81", 60, 2)]
    [InlineData("1.102", 75.5, 1)]
    public async Task A_call_longer_than_the_window_is_forgotten_with_it_and_missing_afterwards(
        string generation,
        double passes,
        int ofFour
    )
    {
        await using var bench = await StartAsync(generation, One);

        var slow = await bench.BeginAsync("long");
        Assert.Equal(passes, await bench.FirstPassAsync(0.5, 0.5));
        await bench.AtAsync(76);
        await slow;
        var four = await bench.BeginTogetherAsync(4, "slow");
        await bench.AtAsync(82);

        Assert.Equal(ofFour, (await Task.WhenAll(four)).Count(said => said.Status == 200));
    }

    [Theory]
    [InlineData("broken", 500)]
    [InlineData("refused", 429)]
    [InlineData("nothing-of-that-name", 400)]
    public async Task A_failed_call_gives_its_slot_back_at_once(string model, int status)
    {
        foreach (var generation in (string[])["1.77", "1.81", "1.102"])
        {
            await using var bench = await StartAsync(generation, One);

            Assert.Equal($"{status}", await bench.StatusesAsync(1, model));
            Assert.Equal("200", await bench.StatusesAsync(1));
        }
    }

    [Theory]
    [InlineData("1.77")]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task So_does_one_that_times_out(string generation)
    {
        await using var bench = await StartAsync(generation, One);

        var hanging = await bench.BeginAsync("hangs");
        await bench.AtAsync(1.9);
        Assert.Equal("429", await bench.StatusesAsync(1));
        await bench.AtAsync(2);

        Assert.Equal(408, (await hanging).Status);
        Assert.Equal("200", await bench.StatusesAsync(1));
    }

    [Theory]
    [InlineData("1.77")]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task A_users_limit_of_calls_in_flight_is_not_enforced(string generation)
    {
        await using var bench = await StartAsync(
            generation,
            """{"role": "key", "user_id": "u"}""",
            """{"user_id": "u", "max_parallel_requests": 2}"""
        );

        var four = await bench.BeginTogetherAsync(4, "short");
        await bench.AtAsync(3);

        Assert.All(await Task.WhenAll(four), said => Assert.Equal(200, said.Status));
    }

    [Theory]
    [InlineData("1.77")]
    [InlineData("1.81")]
    [InlineData("1.102")]
    public async Task A_rejection_for_want_of_a_slot_costs_a_request(string generation)
    {
        await using var bench = await StartAsync(generation, """{"role": "key", "rpm_limit": 6, "max_parallel_requests": 1}""");

        var slow = await bench.BeginAsync("short");
        var types = new string?[7];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = (await bench.ChatAsync()).Header("rate_limit_type");
        }

        await bench.AtAsync(2);
        await slow;

        Assert.Equal(Enumerable.Repeat("max_parallel_requests", 5).Append("requests").Append("requests"), types);
        Assert.Equal(60, await bench.FirstPassAsync(2.5, 0.5));
    }

    [Fact]
    public async Task A_slot_is_dropped_after_an_hour_at_the_latest()
    {
        await using var bench = await StartAsync("1.102", One);

        var slow = await bench.BeginAsync("longer");
        await bench.AtAsync(3599);
        Assert.Equal("429", await bench.StatusesAsync(1));
        await bench.AtAsync(3600);
        Assert.Equal("200", await bench.StatusesAsync(1));
        await bench.AtAsync(4000);
        await slow;
    }

    private static Task<LimitBench> StartAsync(string generation, string key, string users = "") =>
        LimitBench.StartAsync(generation, key, users, models: s_models);
}
