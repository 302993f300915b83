using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Emulator.Clocks;
using Xunit;

namespace CBorg.Emulator.Tests;

public sealed class ClockTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times_and_each_at_its_own()
    {
        var clock = TurnableClock.Manual(s_start);
        var fired = new List<(string Name, double At)>();
        void Set(string name, double due, double period = -1) =>
            clock.CreateTimer(
                _ => fired.Add((name, (clock.GetUtcNow() - s_start).TotalSeconds)),
                null,
                TimeSpan.FromSeconds(due),
                period < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period)
            );
        Set("late", 9);
        Set("early", 2);
        Set("again", 3, 3);
        Set("never", 11);

        await clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([("early", 2), ("again", 3), ("again", 6), ("late", 9), ("again", 9)], fired);
        Assert.Equal(s_start.AddSeconds(10), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_timer_that_is_gone_does_not_fire()
    {
        var clock = TurnableClock.Manual(s_start);
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        await timer.DisposeAsync();

        await clock.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(0, fired);
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task One_turn_brings_a_whole_stream_to_its_end()
    {
        var clock = TurnableClock.Manual(s_start);
        await using var caller = await Caller.StartAsync(
            new EmulatorOptions
            {
                Clock = clock,
                Latency = 3000,
                TokensPerSecond = 1,
            }
        );

        var stream = caller.ChatAsync("personal", "gpt-4o", ("stream", true));
        await caller.UntilWaitingAsync(1);
        await clock.AdvanceAsync(TimeSpan.FromSeconds(60));
        var said = await stream;

        Assert.EndsWith("data: [DONE]\n\n", said.Text);
        var entry = (await caller.LedgerAsync()).Single();
        Assert.Equal(3000, (double)entry["first_byte"]!);
        Assert.InRange((double)entry["ended"]!, 4000, 60_000);
    }

    [Fact]
    public async Task Other_programs_read_and_turn_the_clock()
    {
        await using var caller = await Caller.StartAsync(
            new EmulatorOptions { Clock = TurnableClock.Manual(s_start), Latency = 90_000 }
        );

        var reply = caller.ChatAsync("personal", "gpt-4o");
        await caller.UntilWaitingAsync(1);
        var before = (await caller.ClockAsync()).Json;
        var after = (await caller.TurnAsync(30)).Json;
        await caller.TurnAsync(60.5);

        Assert.Equal(
            ("manual", 1, 0, 90),
            ((string?)before["kind"], (int)before["waiting"]!, (double)before["seconds"]!, (double)before["next"]!)
        );
        Assert.Equal((30, 30, 60), ((double)after["seconds"]!, (double)after["advanced"]!, (double)after["next"]!));
        Assert.Equal(s_start.AddSeconds(30), (DateTimeOffset)after["now"]!);
        Assert.Equal(200, (await reply).Status);
        Assert.Equal(0, (int)(await caller.ClockAsync()).Json["waiting"]!);
    }

    [Theory]
    [InlineData("""{"advance": -1}""")]
    [InlineData("""{"advance": "1"}""")]
    [InlineData("nothing")]
    public async Task A_turn_that_makes_no_sense_is_refused(string body)
    {
        await using var caller = await Caller.StartAsync(new EmulatorOptions { Clock = TurnableClock.Manual() });

        Assert.Equal(400, (await caller.ControlAsync("POST", "clock", body)).Status);
    }

    [Fact]
    public async Task A_real_clock_cannot_be_turned_and_says_how_one_can()
    {
        await using var caller = await Caller.StartAsync(new EmulatorOptions());

        var refused = await caller.TurnAsync(1);

        Assert.Equal(409, refused.Status);
        Assert.Contains("--clock manual", refused.ErrorMessage);
        Assert.Equal("real", (string?)(await caller.ClockAsync()).Json["kind"]);
    }

    [Fact]
    public async Task An_offset_clock_runs_by_itself_and_can_be_turned_besides()
    {
        await using var caller = await Caller.StartAsync(new EmulatorOptions { Clock = TurnableClock.Offset(), Latency = 20 });
        Assert.Equal(200, (await caller.ChatAsync("personal", "gpt-4o")).Status);

        await using var slow = await Caller.StartAsync(
            new EmulatorOptions { Clock = TurnableClock.Offset(), Latency = 86_400_000 }
        );
        var reply = slow.ChatAsync("personal", "gpt-4o");
        await slow.UntilWaitingAsync(1);
        await slow.TurnAsync(600);
        await slow.TurnAsync(86_000);

        Assert.Equal(408, (await reply).Status);
        Assert.Equal(86_600, (double)(await slow.ClockAsync()).Json["advanced"]!);
    }
}
