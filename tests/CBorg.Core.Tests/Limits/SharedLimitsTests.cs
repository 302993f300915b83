using System;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Http;
using CBorg.Core.Limits;
using CBorg.Core.Store;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Limits;

/// <summary>Scopes that several processes go by.</summary>
public sealed class SharedLimitsTests
{
    private readonly FakeClock _clock = new();
    private readonly MemoryCell _cell = new();

    [Fact]
    public async Task Two_processes_together_keep_the_limit_of_calls_in_flight()
    {
        RateLimiter one = Process("x-ratelimit-api_key-limit-max_parallel_requests: 2");
        RateLimiter other = new(_clock, new SharedStore(_cell, _clock));
        RateLimitLease first = await Acquire(one).Soon();
        await PollAsync(Acquire(other));
        Task<RateLimitLease> third = Acquire(other);
        Assert.False(third.IsCompleted);

        first.Dispose();

        await PollAsync(third);
    }

    [Fact]
    public async Task Two_processes_together_keep_the_limit_of_requests()
    {
        RateLimiter one = Process("x-ratelimit-api_key-limit-requests: 3");
        RateLimiter other = new(_clock, new SharedStore(_cell, _clock));
        foreach (RateLimiter limiter in new[] { one, other, one })
        {
            (await PollAsync(Acquire(limiter))).Dispose();
        }

        Task<RateLimitLease> fourth = Acquire(other);
        Assert.False(fourth.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(60.2));

        await PollAsync(fourth);
    }

    [Fact]
    public async Task The_places_of_a_process_that_is_not_heard_of_any_more_are_free_again()
    {
        RateLimiter killed = Process("x-ratelimit-api_key-limit-max_parallel_requests: 1");
        await Acquire(killed).Soon();
        byte[] left = _cell.Value!;
        _clock.Advance(TimeSpan.FromSeconds(16));
        _cell.Value = left;
        RateLimiter other = new(_clock, new SharedStore(_cell, _clock));

        await Acquire(other).Soon();
    }

    [Fact]
    public async Task A_process_that_lives_keeps_its_places_however_long_its_calls_take()
    {
        RateLimiter slow = Process("x-ratelimit-api_key-limit-max_parallel_requests: 1");
        await Acquire(slow).Soon();
        for (int i = 0; i < 20; i++)
        {
            await _clock.Waiting(_ => true).Soon();
            _clock.Advance(TimeSpan.FromSeconds(4));
        }

        Assert.False(Acquire(new RateLimiter(_clock, new SharedStore(_cell, _clock))).IsCompleted);
    }

    [Fact]
    public void What_is_known_comes_back_as_it_was()
    {
        LimitState state = new()
        {
            Version = "1.102.4",
            Known = true,
            BudgetSpent = true,
            GaveBack = true,
            TypicalSeconds = 1.5,
            AskedAt = TimeSpan.FromDays(20000),
        };
        new ReplyUpdate(
            state,
            Given.Headers("x-ratelimit-user-limit-requests: 4", "x-ratelimit-model_per_key-limit-tokens: 1000"),
            TimeSpan.FromDays(20000)
        ).Take(null, "gpt", success: true);
        state.Pace("gpt").Adaptive!.Failed(TimeSpan.FromDays(20000), 8, TimeSpan.FromDays(20000));
        Assert.NotNull(
            new Admission(state, TimeSpan.FromDays(20000), new PermitOwner(), TimeSpan.MaxValue).TryEnter(
                new PermitRequest("gpt", new TokenEstimate(400, 100), LimitSet.None)
            )
        );
        state.Key.Backoff.Rejected(3, TimeSpan.FromDays(20000));
        byte[] written = LimitCodec.Write(state);

        LimitState read = LimitCodec.Read(written);

        Assert.Equal(written, LimitCodec.Write(read));
        Assert.Equal(4, read.Scopes["user"].Server.Requests?.Value);
        Assert.Equal(200, read.Permits.Single().Tokens);
    }

    [Fact]
    public void A_model_without_a_name_is_a_model_still()
    {
        LimitState state = new();
        state.Pace("");
        LimitState read = LimitCodec.Read(LimitCodec.Write(state));

        Assert.All(read.For("gpt"), scope => Assert.NotEqual("", scope.Model));
        Assert.Equal(4, read.For("gpt").Min(scope => read.ParallelLimit(scope, LimitSet.None)));
    }

    [Fact]
    public void What_cannot_be_read_is_begun_anew()
    {
        byte[] good = LimitCodec.Write(new LimitState { Version = "1.102.4" });
        for (int length = 0; length < good.Length; length++)
        {
            Assert.Null(LimitCodec.Read(good[..length]).Version);
        }

        Assert.Null(LimitCodec.Read([99, .. good]).Version);
    }

    [Fact]
    public async Task Where_nothing_can_be_shared_a_process_goes_on_alone_and_says_so_once()
    {
        _cell.Fault = _ => CellFault.NotLocal;
        RateLimiter alone = new(_clock, new SharedStore(_cell, _clock));
        string[] told = new string[2];
        for (int i = 0; i < told.Length; i++)
        {
            using RateLimitLease lease = await alone
                .AcquireAsync(new PermitRequest("gpt", default, LimitSet.None), happened => told[i] += happened.Message, default)
                .Soon();
        }

        Assert.Contains("The disk is another's.", told[0], StringComparison.Ordinal);
        Assert.Null(told[1]);
    }

    [Fact]
    public async Task A_process_that_is_alone_needs_no_transaction_for_a_call()
    {
        RateLimiter alone = Process("x-ratelimit-api_key-limit-max_parallel_requests: 5");
        await CallAsync(alone, 40);

        int before = _cell.Transactions;
        await CallAsync(alone, 10);

        Assert.InRange(_cell.Transactions - before, 0, 1);
    }

    [Fact]
    public async Task A_process_that_does_nothing_gives_the_limits_back()
    {
        RateLimiter idle = Process("x-ratelimit-api_key-limit-requests: 3");
        (await Acquire(idle).Soon()).Dispose();
        Assert.NotNull(LimitCodec.LeaseOf(_cell.Value));
        await UntilAsync(() => LimitCodec.LeaseOf(_cell.Value) is null);

        Assert.True(Acquire(new RateLimiter(_clock, new SharedStore(_cell, _clock))).IsCompleted);
    }

    [Fact]
    public async Task A_process_that_did_nothing_for_a_while_has_the_limits_for_itself_again_with_its_next_call()
    {
        RateLimiter alone = Process("x-ratelimit-api_key-limit-max_parallel_requests: 5");
        await CallAsync(alone, 40);
        await UntilAsync(() => LimitCodec.LeaseOf(_cell.Value) is null);
        await CallAsync(alone, 1);

        int before = _cell.Transactions;
        await CallAsync(alone, 10);

        Assert.InRange(_cell.Transactions - before, 0, 2);
    }

    [Fact]
    public async Task A_process_that_ends_gives_the_limits_back_at_once()
    {
        SharedStore ended = new(_cell, _clock);
        (await Acquire(new RateLimiter(_clock, ended)).Soon()).Dispose();
        ended.Dispose();

        Assert.True(Acquire(new RateLimiter(_clock, new SharedStore(_cell, _clock))).IsCompleted);
    }

    [Fact]
    public async Task What_a_killed_process_had_taken_ahead_counts_as_used()
    {
        RateLimiter killed = Process("x-ratelimit-api_key-limit-requests: 40");
        (await Acquire(killed).Soon()).Dispose();
        byte[] left = _cell.Value!;
        StateLease lease = LimitCodec.LeaseOf(left)!;
        for (int i = 0; i < lease.Requests; i++)
        {
            // These are in the dead process's memory alone.
            (await Acquire(killed).Soon()).Dispose();
        }

        _cell.Value = left;
        MemoryCell found = new() { Value = left };
        FakeClock later = new();
        later.Advance(_clock.Elapsed + TimeSpan.FromSeconds(2.1));
        RateLimiter other = new(later, new SharedStore(found, later));
        int passed = 0;
        while (Acquire(other) is { IsCompletedSuccessfully: true } call)
        {
            (await call).Dispose();
            passed++;
        }

        Assert.InRange(passed, 1, 40 - 1 - (int)lease.Requests);
    }

    [Fact]
    public async Task The_lease_of_a_killed_process_keeps_others_waiting_two_seconds_at_most()
    {
        await Acquire(Process("x-ratelimit-api_key-limit-requests: 40")).Soon();
        byte[] left = _cell.Value!;
        MemoryCell found = new() { Value = left };
        FakeClock later = new();
        later.Advance(_clock.Elapsed + TimeSpan.FromSeconds(1.9));
        Task<RateLimitLease> call = Acquire(new RateLimiter(later, new SharedStore(found, later)));
        Assert.False(call.IsCompleted);
        later.Advance(TimeSpan.FromSeconds(0.2));

        await call.Soon();
    }

    /// <summary>Whatever happens to whichever transaction, every call goes, each once, and the permits come back.</summary>
    [Theory]
    [InlineData(CellFault.Busy)]
    [InlineData(CellFault.FullDisk)]
    [InlineData(CellFault.ReadOnly)]
    [InlineData(CellFault.Damaged)]
    public async Task A_fault_at_any_transaction_holds_up_no_call(object fault)
    {
        for (int bad = 1; bad <= 30; bad++)
        {
            MemoryCell cell = new();
            FakeClock clock = new();
            RateLimiter limiter = new(clock, new SharedStore(cell, clock));
            limiter.Change((state, _) => (state.Known, state.GaveBack) = (true, true));
            int from = bad;
            cell.Fault = number => number >= from && number < from + 3 ? (CellFault)fault : null;
            for (int row = 0; row < 30; row++)
            {
                Task<RateLimitLease>[] calls = [.. Enumerable.Range(0, 5).Select(_ => Acquire(limiter, "lbl/mini"))];
                foreach (Task<RateLimitLease> call in calls)
                {
                    (await call.Soon()).Dispose();
                }

                clock.Advance(TimeSpan.FromMilliseconds(300));
            }

            Assert.Equal(5 + 2, limiter.ParallelCalls("lbl/mini", LimitSet.None));
            Assert.All(
                await limiter.ReportAsync(false, LimitSet.None, null, default),
                limit => Assert.Equal(0, limit.Type == RateLimitType.Parallel ? limit.Used : 0)
            );
        }
    }

    /// <summary>A disk that stays full: what waits in the queue when the store fails is neither lost nor let in twice.</summary>
    [Fact]
    public async Task A_full_disk_holds_up_no_call_that_waits()
    {
        RateLimiter limiter = Process("x-ratelimit-api_key-limit-max_parallel_requests: 2");
        Task<RateLimitLease>[] calls = [.. Enumerable.Range(0, 20).Select(_ => Acquire(limiter))];
        _cell.Fault = _ => CellFault.FullDisk;
        _clock.Advance(TimeSpan.FromSeconds(3));
        foreach (Task<RateLimitLease> call in calls)
        {
            (await PollAsync(call)).Dispose();
        }
    }

    /// <summary>Lets time go on until a call is admitted.</summary>
    private async Task<RateLimitLease> PollAsync(Task<RateLimitLease> call)
    {
        await UntilAsync(() => call.IsCompleted);
        return await call;
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        for (int i = 0; i < 1000 && !isSo(); i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Delay(1);
        }

        Assert.True(isSo());
    }

    private static async Task CallAsync(RateLimiter limiter, int times)
    {
        for (int i = 0; i < times; i++)
        {
            (await Acquire(limiter).Soon()).Dispose();
        }
    }

    private static Task<RateLimitLease> Acquire(RateLimiter limiter, string model = "gpt") =>
        limiter.AcquireAsync(new PermitRequest(model, default, LimitSet.None), null, default);

    private RateLimiter Process(string header)
    {
        RateLimiter limiter = new(_clock, new SharedStore(_cell, _clock));
        limiter.Change(
            (state, _) =>
            {
                (state.Known, state.GaveBack) = (true, true);
                new ReplyUpdate(state, Given.Headers(header), _clock.UtcNow - DateTimeOffset.UnixEpoch).Take(
                    null,
                    "gpt",
                    success: true
                );
            }
        );
        return limiter;
    }
}
