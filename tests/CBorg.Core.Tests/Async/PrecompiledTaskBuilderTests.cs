using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Async;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Async;

/// <summary>Async methods with the module's own builder behave as all others do.</summary>
public sealed class PrecompiledTaskBuilderTests
{
    private static readonly AsyncLocal<string?> s_local = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_result_comes_at_once_or_later(bool waits)
    {
        TaskCompletionSource gate = Gate(open: !waits);
        Task<int> task = Add(1, gate.Task);
        Task none = Nothing(gate.Task);

        Assert.Equal((!waits, !waits), (task.IsCompleted, none.IsCompleted));
        gate.TrySetResult();
        Assert.Equal(3, await task.Soon());
        await none.Soon();
    }

    [Fact]
    public async Task A_method_may_wait_many_times_and_keeps_its_variables()
    {
        Assert.Equal(4950, await Sum(100).Soon());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_it_throws_is_thrown_where_it_is_awaited(bool waits)
    {
        TaskCompletionSource gate = Gate(open: !waits);
        InvalidOperationException thrown = new("it");
        Task<int> task = Throw(thrown, gate.Task);
        gate.TrySetResult();

        Assert.Same(thrown, await Assert.ThrowsAsync<InvalidOperationException>(() => task.Soon()));
        Assert.Equal(TaskStatus.Faulted, task.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancellation_cancels_the_task_and_is_thrown_as_it_was(bool waits)
    {
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        TaskCompletionSource gate = Gate(open: !waits);
        OperationCanceledException thrown = new("stop", new TimeoutException(), stop.Token);
        Task<int> task = Throw(thrown, gate.Task);
        gate.TrySetResult();

        OperationCanceledException caught = await Assert.ThrowsAsync<OperationCanceledException>(() => task.Soon());

        Assert.Equal(TaskStatus.Canceled, task.Status);
        Assert.Equal(stop.Token, caught.CancellationToken);
        Assert.IsType<TimeoutException>(caught.InnerException);
    }

    [Fact]
    public async Task What_flows_with_the_caller_is_there_after_each_wait()
    {
        TaskCompletionSource gate = Gate(open: false);
        s_local.Value = "caller";
        Task<string?> task = Local("method", gate.Task);

        // What the method sets before its first wait is its own.
        Assert.Equal("caller", s_local.Value);
        s_local.Value = "later";
        gate.SetResult();

        Assert.Equal("method", await task.Soon());
        Assert.Equal("later", s_local.Value);
    }

    [Fact]
    public void What_it_sets_without_waiting_is_its_own_too()
    {
        s_local.Value = "caller";

        Assert.True(Local("method", Task.CompletedTask).IsCompletedSuccessfully);
        Assert.Equal("caller", s_local.Value);
    }

    [Fact]
    public async Task Where_nothing_flows_nothing_does()
    {
        TaskCompletionSource gate = Gate(open: false);
        s_local.Value = "caller";
        Task<string?> task;
        using (ExecutionContext.SuppressFlow())
        {
            task = Local(null, gate.Task);
        }

        await Task.Run(() => gate.SetResult());

        Assert.Null(await task.Soon());
    }

    [Fact]
    public async Task A_wait_goes_on_where_the_caller_wants_it()
    {
        Posts posts = new();
        SynchronizationContext? before = SynchronizationContext.Current;
        TaskCompletionSource gate = Gate(open: false);
        Task task;
        try
        {
            SynchronizationContext.SetSynchronizationContext(posts);
            task = Nothing(gate.Task);
            Assert.Same(posts, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        gate.SetResult();
        await task.Soon();

        Assert.Equal(1, posts.Count);
    }

    [Fact]
    public void What_ends_at_once_takes_no_more_memory_than_its_task()
    {
        Func<Task<object>> call = () => Same(this, Task.CompletedTask);
        Assert.True(call().IsCompletedSuccessfully);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task task = call();
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        Task plain = Task.FromResult<object>(this);

        Assert.InRange(taken, 1, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(task.IsCompleted && plain.IsCompleted);
    }

    private static TaskCompletionSource Gate(bool open)
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (open)
        {
            gate.SetResult();
        }

        return gate;
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private static async Task<int> Add(int number, Task gate)
    {
        await gate.ConfigureAwait(false);
        return number + 2;
    }

    [AsyncMethodBuilder(typeof(PrecompiledVoidTaskBuilder))]
    private static async Task Nothing(Task gate) => await gate;

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private static async Task<int> Sum(int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            sum += i;
        }

        return sum;
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private static async Task<int> Throw(Exception exception, Task gate)
    {
        await gate.ConfigureAwait(false);
        throw exception;
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private static async Task<string?> Local(string? set, Task gate)
    {
        s_local.Value = set ?? s_local.Value;
        await gate.ConfigureAwait(false);
        return s_local.Value;
    }

    [AsyncMethodBuilder(typeof(PrecompiledTaskBuilder<>))]
    private static async Task<object> Same(object value, Task gate)
    {
        await gate.ConfigureAwait(false);
        return value;
    }

    private sealed class Posts : SynchronizationContext
    {
        private int _count;

        public int Count => _count;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _count);
            ThreadPool.QueueUserWorkItem(_ => d(state));
        }
    }
}
