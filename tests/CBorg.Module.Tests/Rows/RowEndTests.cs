using System;
using System.Threading.Tasks;
using CBorg.Pipeline.Rows;
using Xunit;

namespace CBorg.Module.Tests.Rows;

/// <summary>What becomes of the others when a row finds out that none can succeed any more.</summary>
public sealed class RowEndTests : IDisposable
{
    private readonly WindowWork _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Rows_that_are_out_are_let_finish_and_written_before_the_end()
    {
        await StartOutAsync(3);
        End(2, "over");
        await _work.UnderWayAsync(2);
        Assert.Null(_work.Window.TakeLast());
        _work.Done(3, "c");
        _work.Done(1, "a");

        Assert.Equal(["a", "c"], await _work.TakeAsync(2));

        await LastAsync("over");
    }

    [Fact]
    public async Task Rows_that_are_not_out_are_cancelled_and_leave_nothing()
    {
        await _work.StartAsync(3);
        (await _work.RowAsync(1)).Goes();
        End(1, "over");

        await _work.UnderWayAsync(0);

        Assert.False(_work.Window.TryTake(out _));
        await LastAsync("over");
    }

    [Fact]
    public async Task A_row_that_waits_to_be_tried_again_is_not_out()
    {
        await StartOutAsync(2);
        (await _work.RowAsync(2)).Waits();
        End(1, "over");

        await _work.UnderWayAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_goes_out_afterwards_nor_is_tried_again(bool goes)
    {
        await StartOutAsync(2);
        End(1, "over");
        await _work.UnderWayAsync(1);
        Row late = await _work.RowAsync(2);
        Assert.False(late.CancellationToken.IsCancellationRequested);

        if (goes)
        {
            late.Goes();
        }
        else
        {
            late.Waits();
        }

        Assert.True(late.CancellationToken.IsCancellationRequested);
        await _work.UnderWayAsync(0);
    }

    [Fact]
    public async Task No_other_row_is_let_in()
    {
        await StartOutAsync(1);
        End(1, "over");
        await _work.UnderWayAsync(0);

        Assert.False(_work.Window.HasRoom(10, 0));
        _work.Accept();

        Assert.Equal(1, _work.Window.Accepted);
        await LastAsync("over");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_that_were_read_ahead_are_not_started(bool ordered)
    {
        using WindowWork work = new(ordered, calls: 1);
        await work.StartAsync();
        work.Accept();
        work.Accept();
        work.Order(
            1,
            row =>
            {
                row.EndAll("over");
                return Task.CompletedTask;
            }
        );

        await work.UntilAsync(() => !work.Window.TryTake(out _) && work.Window.TakeLast() is not null);

        Assert.False(work.RowAsync(2).IsCompleted);
        Assert.True(work.Window.IsEmpty);
    }

    [Fact]
    public async Task Of_several_the_first_in_order_is_told()
    {
        await StartOutAsync(3);
        End(3, "third");
        await _work.UnderWayAsync(2);
        End(1, "first");
        await _work.UnderWayAsync(1);
        End(2, "second");

        await LastAsync("first");
    }

    private async Task StartOutAsync(int count)
    {
        await _work.StartAsync(count);
        for (int number = 1; number <= count; number++)
        {
            (await _work.RowAsync(number)).Goes();
        }
    }

    private void End(int number, string last) =>
        _work.Order(
            number,
            row =>
            {
                row.EndAll(last);
                return Task.CompletedTask;
            }
        );

    private async Task LastAsync(string expected)
    {
        await _work.UntilAsync(() => !_work.Window.TryTake(out _) && _work.Window.TakeLast() is not null);
        Assert.Equal(expected, _work.Window.TakeLast());
    }
}
