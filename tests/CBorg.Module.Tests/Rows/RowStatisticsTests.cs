using System;
using CBorg.Pipeline.Rows;
using Xunit;

namespace CBorg.Module.Tests.Rows;

public sealed class RowStatisticsTests
{
    private TimeSpan _now;

    private RowStatistics Rows(int done, decimal? cost, int failed = 0, double minutes = 1)
    {
        _now = TimeSpan.Zero;
        RowStatistics rows = new(() => _now);
        _now = TimeSpan.FromMinutes(minutes);
        for (int i = 0; i < done; i++)
        {
            rows.End(0, 1, 0, _now);
            rows.Costs(cost);
        }

        for (int i = 0; i < failed; i++)
        {
            rows.End(0, 0, 1, _now);
        }

        return rows;
    }

    [Fact]
    public void Of_a_known_number_it_says_how_long_the_rest_takes_and_what_all_will_cost() =>
        Assert.Equal(
            "200 of 1000, 5 waiting, 100/min, $0.200 of ~$1.00, 8 min left",
            RowLine.Text(Rows(200, 0.001m, minutes: 2).Of(1000, 5), null, 100)
        );

    [Fact]
    public void Of_an_unknown_number_it_projects_nothing() =>
        Assert.Equal("200 done, 100/min, $0.200", RowLine.Text(Rows(200, 0.001m, minutes: 2).Of(null, 0), null, 100));

    [Fact]
    public void A_cost_that_is_not_known_is_never_called_nothing() =>
        Assert.Equal("10 of 100, 10/min, cost unknown, 9 min left", RowLine.Text(Rows(10, null).Of(100, 0), null, 100));

    [Fact]
    public void Known_costs_among_unknown_ones_are_told_and_not_projected()
    {
        RowStatistics rows = Rows(10, 0.5m);
        rows.Costs(null);

        Assert.Equal("10 of 100, 10/min, $5.00 + unknown, 9 min left", RowLine.Text(rows.Of(100, 0), null, 100));
    }

    [Fact]
    public void What_is_free_is_called_free() =>
        Assert.Equal("10 of 20, 10/min, free, 60 s left", RowLine.Text(Rows(10, 0m).Of(20, 0), null, 100));

    [Fact]
    public void Failed_rows_are_done_with_too() =>
        Assert.Equal("12 of 12, 2 failed, 12/min", RowLine.Text(WithoutCosts(10, 2).Of(12, 0), null, 100));

    [Fact]
    public void More_rows_than_announced_are_no_more_than_all() => Assert.Equal(100, Rows(10, null).Of(5, 0).Percent);

    [Theory]
    [InlineData(58)]
    [InlineData(40)]
    [InlineData(12)]
    public void It_fits_and_keeps_what_matters_most(int room)
    {
        string text = RowLine.Text(Rows(1204, 0.0001m, failed: 3, minutes: 10).Of(20000, 11), null, room);

        Assert.InRange(text.Length, 1, Math.Max(room, 13));
        Assert.StartsWith("1207 of 20000", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_all_wait_for_is_said_and_cut_where_the_line_is_short()
    {
        RowStatistics rows = Rows(20, 0.01m).Of(1020, 11);

        Assert.Equal("20 of 1020, 11 waiting, 20/min, $0.200 of ~$10.20, 50 min left; waits", RowLine.Text(rows, "waits", 120));
        Assert.Equal("20 of 1020; Waiting for a permit: t…", RowLine.Text(rows, "Waiting for a permit: this key's requests", 36));
    }

    [Fact]
    public void A_wait_is_told_until_it_is_over()
    {
        RowStatistics rows = Rows(0, null);
        rows.Waits(3, "RequestLimit: trying again", _now + TimeSpan.FromSeconds(20));
        rows.Resumes(2);
        Assert.Equal("waits 20 s: RequestLimit: trying again", rows.Wait);

        _now += TimeSpan.FromSeconds(15);
        Assert.Equal("waits 5 s: RequestLimit: trying again", rows.Wait);
        rows.Waits(4, "Waiting for a permit: 5 calls of lbl/* are in flight", null);
        Assert.Equal("waits: 5 calls of lbl/* are in flight", rows.Wait);
        rows.Resumes(4);

        Assert.Null(rows.Wait);
    }

    [Fact]
    public void The_pace_is_that_of_the_last_rows()
    {
        RowStatistics rows = Rows(1000, null, minutes: 1);
        for (int i = 0; i < 300; i++)
        {
            _now += TimeSpan.FromSeconds(1);
            rows.End(0, 1, 0, _now);
        }

        Assert.InRange(rows.Of(null, 0).PerMinute!.Value, 59, 61);
    }

    private RowStatistics WithoutCosts(int done, int failed)
    {
        RowStatistics rows = Rows(0, null);
        rows.End(0, done, failed, _now);
        return rows;
    }
}

file static class RowStatisticsExtensions
{
    public static RowStatistics Of(this RowStatistics rows, long? total, int waiting)
    {
        rows.Total = total;
        rows.Waiting = waiting;
        return rows;
    }
}
