using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Limits;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Limits;

/// <summary>Whatever is done to the limiter, it never lets too many in, and at the end it is empty.</summary>
public sealed class LeakTests
{
    private readonly LimiterHarness _harness = new();
    private readonly List<RateLimitLease> _held = [];
    private readonly List<(Task<RateLimitLease> Call, CancellationTokenSource Stop)> _waiting = [];

    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public async Task Ten_thousand_random_steps_leave_no_place_taken(int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < 10_000; step++)
        {
            switch (random.Next(5))
            {
                case 0 or 1:
                    CancellationTokenSource stop = new();
                    _waiting.Add((_harness.Acquire("lbl/mini", 0, stop.Token), stop));
                    break;
                case 2 or 3 when _held.Count > 0:
                    int lease = random.Next(_held.Count);
                    _held[lease].Settle(new TokensUsed(random.Next(100), 0));
                    _held[lease].Dispose();
                    _held.RemoveAt(lease);
                    break;
                case 4 when _waiting.Count > 0:
                    await _waiting[random.Next(_waiting.Count)].Stop.CancelAsync();
                    break;
            }

            await Collect(until: _ => true);
            Assert.InRange(_held.Count, 0, 5);
        }

        foreach ((_, CancellationTokenSource stop) in _waiting)
        {
            await stop.CancelAsync();
        }

        await Collect(until: call => call.IsCompleted);
        _held.ForEach(lease => lease.Dispose());

        Assert.Equal(5, (await _harness.Burst(6, "lbl/mini")).In.Count);
    }

    [Fact]
    public async Task Many_threads_leave_no_place_taken()
    {
        int inside = 0;
        await Parallel.ForAsync(
            0,
            2_000,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, _) =>
            {
                using CancellationTokenSource stop = new();
                if (number % 7 == 0)
                {
                    stop.CancelAfter(TimeSpan.Zero);
                }

                try
                {
                    using RateLimitLease lease = await _harness.Acquire("lbl/mini", 0, stop.Token).Soon();
                    Assert.InRange(Interlocked.Increment(ref inside), 1, 5);
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                }
                catch (OperationCanceledException)
                {
                    // It gave up its permit.
                }
            }
        );

        Assert.Equal(5, (await _harness.Burst(6, "lbl/mini")).In.Count);
    }

    /// <summary>Takes the calls that have come to an end out of the list of waiting ones; the others only while they are
    /// let off.</summary>
    private async Task Collect(Func<Task<RateLimitLease>, bool> until)
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            (Task<RateLimitLease> call, CancellationTokenSource stop) = _waiting[i];
            bool ends = stop.IsCancellationRequested || call.IsCompleted || !until(call);
            if (!ends)
            {
                continue;
            }

            _waiting.RemoveAt(i);
            try
            {
                _held.Add(await call.Soon());
            }
            catch (OperationCanceledException)
            {
                // As it was told.
            }

            stop.Dispose();
        }
    }
}
