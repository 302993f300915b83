using System;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine;
using CBorg.Pipeline.Rows;
using Xunit;

namespace CBorg.Module.Tests.Rows;

public sealed class RowWindowTests : IDisposable
{
    private readonly WindowWork _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Results_come_in_the_order_of_the_rows_whichever_ends_first()
    {
        await _work.StartAsync(3);
        _work.Done(3, "c");
        await _work.UnderWayAsync(2);
        Assert.False(_work.Window.TryTake(out _));

        _work.Done(1, "a");
        _work.Done(2, "b");

        Assert.Equal(["a", "b", "c"], await _work.TakeAsync(3));
    }

    [Fact]
    public async Task Without_an_order_results_come_as_they_finish()
    {
        using WindowWork work = new(ordered: false);
        await work.StartAsync(3);
        work.Done(3, "c");
        Assert.Equal("c", await work.TakeAsync());
        work.Done(1, "a");
        Assert.Equal("a", await work.TakeAsync());
        work.Done(2, "b");

        Assert.Equal("b", await work.TakeAsync());
    }

    [Fact]
    public async Task Without_an_order_the_pieces_of_one_row_are_not_mixed_with_anothers()
    {
        using WindowWork work = new(ordered: false);
        await work.StartAsync(2);
        Row first = await work.RowAsync(1);
        Row second = await work.RowAsync(2);
        second.Write("b1");
        first.Write("a1");
        second.Write("b2");
        work.Done(1, "a2");
        await work.UnderWayAsync(1);

        Assert.Equal(["b1", "b2"], await work.TakeAsync(2));
        Assert.False(work.Window.TryTake(out _));
        work.Done(2, "b3");

        Assert.Equal(["b3", "a1", "a2"], await work.TakeAsync(3));
    }

    [Fact]
    public async Task No_more_are_under_way_than_asked_for()
    {
        Assert.True(_work.Window.HasRoom(2, 0));
        await _work.StartAsync();
        Assert.True(_work.Window.HasRoom(2, 0));
        await _work.StartAsync();
        Assert.False(_work.Window.HasRoom(2, 0));
        Assert.True(_work.Window.HasRoom(3, 0));

        _work.Done(1, "a");
        await _work.UnderWayAsync(1);

        Assert.True(_work.Window.HasRoom(2, 0));
    }

    [Fact]
    public async Task A_permit_that_becomes_free_is_taken_by_a_row_that_was_read_ahead()
    {
        using WindowWork work = new(calls: 1);
        await work.StartAsync();
        Assert.True(work.Window.HasRoom(1, 2));
        work.Accept();
        work.Accept();
        Assert.False(work.Window.HasRoom(1, 2));
        Assert.False(work.RowAsync(2).IsCompleted);

        work.Done(1, "a");
        await work.RowAsync(2);
        Assert.False(work.RowAsync(3).IsCompleted);
        work.Done(2, "b");
        work.Done(3, "c");

        Assert.Equal(["a", "b", "c"], await work.TakeAsync(3));
    }

    [Fact]
    public async Task More_permits_are_taken_at_once()
    {
        using WindowWork work = new(calls: 1);
        await work.StartAsync();
        work.Accept();
        work.Accept();

        work.Window.HasRoom(3, 0);

        await work.RowAsync(2);
        await work.RowAsync(3);
    }

    [Fact]
    public async Task A_slow_row_holds_back_a_bounded_number_of_others()
    {
        const int UnderWay = 2;
        await _work.StartAsync();
        int started = 1;
        for (; _work.Window.HasRoom(UnderWay, 0); started++)
        {
            await _work.StartAsync();
            _work.Done(started + 1, "later");
            await _work.UnderWayAsync(1);
        }

        Assert.Equal(RowWindow.Most(UnderWay), started);
        _work.Done(1, "first");
        Assert.Equal("first", await _work.TakeAsync());
        Assert.Equal("later", await _work.TakeAsync());
        Assert.True(_work.Window.HasRoom(UnderWay, 0));
    }

    [Fact]
    public async Task Who_is_listened_to_waits_until_his_piece_is_written()
    {
        await _work.StartAsync(2);
        Task<Task> mine = (await _work.RowAsync(1)).WriteAsync("a1").ContinueWith(task => task, TaskScheduler.Default);
        Task others = (await _work.RowAsync(2)).WriteAsync("b1");

        await others.WaitAsync(TestTimeout.Long);
        Assert.False(mine.IsCompleted);
        Assert.Equal("a1", await _work.TakeAsync());

        await (await mine.WaitAsync(TestTimeout.Long));
    }

    [Fact]
    public async Task A_stop_cancels_all_and_frees_who_waits_to_be_written()
    {
        await _work.StartAsync(2);
        Task waiting = (await _work.RowAsync(1)).WriteAsync("a1");

        _work.Stop();
        _work.Window.Wait(TestTimeout.Long);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TestTimeout.Long));
        Assert.Equal(0, _work.Window.Calls.Calls);
    }

    [Fact]
    public async Task What_nobody_expects_comes_out_where_results_are_taken()
    {
        await _work.StartAsync(2);
        _work.Order(1, _ => throw new InvalidTimeZoneException("a bug"));

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => _work.TakeAsync());

        Assert.False(_work.Window.HasRoom(10, 0));
    }

    [Fact]
    public async Task It_is_empty_when_all_has_been_written_and_not_before()
    {
        Assert.True(_work.Window.IsEmpty);
        await _work.StartAsync();
        _work.Done(1, "a");
        await _work.UnderWayAsync(0);
        Assert.False(_work.Window.IsEmpty);

        await _work.TakeAsync();

        Assert.False(_work.Window.TryTake(out _));
        Assert.True(_work.Window.IsEmpty);
    }
}
