using System;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Http;

public sealed class IdleTimeoutStreamTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    private readonly FakeClock _clock = new();
    private readonly Pipe _pipe = new();

    [Fact]
    public async Task Bytes_that_are_there_start_no_timer()
    {
        await using IdleTimeoutStream stream = new(_pipe.Reader.AsStream(), s_timeout, _clock);
        await _pipe.Writer.WriteAsync(new byte[] { 1 });

        Assert.Equal(1, await stream.ReadAsync(new byte[8]));
        Assert.Empty(_clock.Asked);
    }

    [Fact]
    public async Task One_timer_serves_all_reads_and_each_of_them_has_the_whole_time()
    {
        await using IdleTimeoutStream stream = new(_pipe.Reader.AsStream(), s_timeout, _clock);
        for (int i = 0; i < 3; i++)
        {
            ValueTask<int> read = stream.ReadAsync(new byte[8]);
            _clock.Advance(TimeSpan.FromMinutes(1));
            await _pipe.Writer.WriteAsync(new byte[] { 1 });
            Assert.Equal(1, await read.AsTask().Soon());
        }

        Assert.Single(_clock.Asked);
        Task<int> last = stream.ReadAsync(new byte[8]).AsTask();

        // The timer of the first read fires now, when the last one has waited for two minutes.
        _clock.Advance(TimeSpan.FromMinutes(2));
        await _clock.Waiting(TimeSpan.FromMinutes(3)).Soon();
        Assert.False(last.IsCompleted);
        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(s_timeout, (await Assert.ThrowsAsync<IdleTimeoutException>(() => last.Soon())).Timeout);
        await Assert.ThrowsAsync<IdleTimeoutException>(() => stream.ReadAsync(new byte[8]).AsTask());
    }

    [Fact]
    public async Task A_stop_is_no_timeout_and_leaves_no_timer()
    {
        using CancellationTokenSource stop = new();
        await using IdleTimeoutStream stream = new(_pipe.Reader.AsStream(), s_timeout, _clock);
        Task<int> read = stream.ReadAsync(new byte[8], stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Soon());
        Assert.Equal(0, _clock.Open);
    }

    [Fact]
    public async Task Another_stop_takes_over_and_the_end_leaves_no_timer()
    {
        using CancellationTokenSource first = new();
        using CancellationTokenSource second = new();
        IdleTimeoutStream stream = new(_pipe.Reader.AsStream(), s_timeout, _clock);
        Task<int> read = stream.ReadAsync(new byte[8], first.Token).AsTask();
        await _pipe.Writer.WriteAsync(new byte[] { 1 });
        Assert.Equal(1, await read.Soon());
        Task<int> other = stream.ReadAsync(new byte[8], second.Token).AsTask();
        await first.CancelAsync();
        Assert.False(other.IsCompleted);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other.Soon());
        await stream.DisposeAsync();

        Assert.Equal(0, _clock.Open);
    }
}
