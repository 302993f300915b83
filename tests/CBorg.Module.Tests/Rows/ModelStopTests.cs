using System;
using System.Threading.Tasks;
using CBorg.Pipeline.Rows;
using Xunit;

namespace CBorg.Module.Tests.Rows;

/// <summary>What becomes of the others when a row finds out that none of its model can succeed any more.</summary>
public sealed class ModelStopTests : IDisposable
{
    private readonly WindowWork _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Rows_of_the_model_that_were_not_sent_fail_with_the_same_and_rows_of_others_go_on()
    {
        await _work.StartAsync(2, "dear");
        await _work.StartAsync(1, "cheap");
        StopModel(1, "used up");
        await _work.UnderWayAsync(1);
        _work.Done(3, "answer");

        Assert.Equal(["failed: used up", "2 refused: used up", "answer"], await _work.TakeAsync(3));
        Assert.Null(_work.Window.TakeLast());
    }

    [Fact]
    public async Task Rows_of_the_model_that_come_later_are_not_run()
    {
        await _work.StartAsync(1, "dear");
        StopModel(1, "used up");
        await _work.UnderWayAsync(0);
        _work.Accept("dear");
        await _work.StartAsync(1, "cheap");
        _work.Done(3, "answer");

        Assert.Equal(["failed: used up", "2 refused: used up", "answer"], await _work.TakeAsync(3));
        Assert.False(_work.RowAsync(2).IsCompleted);
    }

    [Fact]
    public async Task Rows_that_were_read_ahead_are_not_run()
    {
        using WindowWork work = new(calls: 1);
        await work.StartAsync(1, "dear");
        work.Accept("dear");
        work.Accept("cheap");
        StopModel(work, 1, "used up");
        work.Done(3, "answer");

        Assert.Equal(["failed: used up", "2 refused: used up", "answer"], await work.TakeAsync(3));
        Assert.False(work.RowAsync(2).IsCompleted);
    }

    [Fact]
    public async Task A_row_that_was_sent_is_let_finish()
    {
        await _work.StartAsync(2, "dear");
        (await _work.RowAsync(2)).Goes();
        StopModel(1, "used up");
        await _work.UnderWayAsync(1);
        Assert.False((await _work.RowAsync(2)).CancellationToken.IsCancellationRequested);
        _work.Done(2, "paid");

        Assert.Equal(["failed: used up", "paid"], await _work.TakeAsync(2));
    }

    [Fact]
    public async Task A_row_that_was_sent_is_not_tried_again()
    {
        await _work.StartAsync(2, "dear");
        (await _work.RowAsync(2)).Goes();
        StopModel(1, "used up");
        await _work.UnderWayAsync(1);
        (await _work.RowAsync(2)).Waits();

        Assert.Equal(["failed: used up", "2 refused: used up"], await _work.TakeAsync(2));
    }

    [Fact]
    public async Task What_ends_everything_afterwards_ends_the_model_too()
    {
        await _work.StartAsync(1, "dear");
        StopModel(1, "used up");
        await _work.UnderWayAsync(0);
        await _work.StartAsync(2, "cheap");
        _work.Order(
            2,
            row =>
            {
                row.EndAll("over");
                return Task.CompletedTask;
            }
        );
        await _work.UnderWayAsync(0);
        _work.Accept("dear");

        Assert.Equal("failed: used up", await _work.TakeAsync());
        Assert.False(_work.Window.TryTake(out _));
        Assert.Equal("over", _work.Window.TakeLast());
    }

    [Fact]
    public async Task A_row_without_a_model_stops_no_other()
    {
        await _work.StartAsync(2);
        StopModel(1, "used up");
        await _work.UnderWayAsync(1);
        _work.Done(2, "answer");

        Assert.Equal(["failed: used up", "answer"], await _work.TakeAsync(2));
    }

    private void StopModel(int number, string reason) => StopModel(_work, number, reason);

    private static void StopModel(WindowWork work, int number, string reason) =>
        work.Order(
            number,
            row =>
            {
                row.Write($"failed: {reason}");
                row.StopModel(reason);
                return Task.CompletedTask;
            }
        );
}
