using System;
using CBorg.Pipeline.Rows;
using Xunit;

namespace CBorg.Module.Tests.Rows;

public sealed class IdleWaitTests
{
    private TimeSpan _now = TimeSpan.FromSeconds(10);

    [Fact]
    public void It_waits_as_long_as_the_row_took_to_come()
    {
        IdleWait wait = new(() => _now);
        _now += TimeSpan.FromSeconds(3);
        wait.Arrive();
        _now += TimeSpan.FromSeconds(1);

        Assert.Equal(TimeSpan.FromSeconds(2), wait.Left);
    }

    [Fact]
    public void The_time_it_waited_is_not_taken_for_the_next_rows()
    {
        IdleWait wait = new(() => _now);
        _now += TimeSpan.FromSeconds(3);
        wait.Arrive();
        _now += TimeSpan.FromSeconds(3);
        wait.Leave();
        _now += TimeSpan.FromSeconds(1);
        wait.Arrive();

        Assert.Equal(TimeSpan.FromSeconds(1), wait.Left);
    }

    [Fact]
    public void Rows_that_come_fast_are_not_kept_waiting()
    {
        IdleWait wait = new(() => _now);
        _now += TimeSpan.FromMilliseconds(20);
        wait.Arrive();

        Assert.Equal(TimeSpan.Zero, wait.Left);
    }
}
