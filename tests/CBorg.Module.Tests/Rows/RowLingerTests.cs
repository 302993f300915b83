using System;
using CBorg.Pipeline.Rows;
using Xunit;

namespace CBorg.Module.Tests.Rows;

public sealed class RowLingerTests
{
    private TimeSpan _now = TimeSpan.FromSeconds(10);

    [Fact]
    public void It_stays_as_long_as_the_row_took_to_come()
    {
        RowLinger linger = new(() => _now);
        _now += TimeSpan.FromSeconds(3);
        linger.Arrive();
        _now += TimeSpan.FromSeconds(1);

        Assert.Equal(TimeSpan.FromSeconds(2), linger.Left);
    }

    [Fact]
    public void The_time_it_stayed_is_not_taken_for_the_next_rows()
    {
        RowLinger linger = new(() => _now);
        _now += TimeSpan.FromSeconds(3);
        linger.Arrive();
        _now += TimeSpan.FromSeconds(3);
        linger.Leave();
        _now += TimeSpan.FromSeconds(1);
        linger.Arrive();

        Assert.Equal(TimeSpan.FromSeconds(1), linger.Left);
    }

    [Fact]
    public void Rows_that_come_fast_are_not_kept_waiting()
    {
        RowLinger linger = new(() => _now);
        _now += TimeSpan.FromMilliseconds(20);
        linger.Arrive();

        Assert.Equal(TimeSpan.Zero, linger.Left);
    }
}
