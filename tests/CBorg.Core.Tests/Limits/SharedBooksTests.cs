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
public sealed class SharedBooksTests
{
    private readonly FakeClock _clock = new();
    private readonly MemoryCell _cell = new();

    [Fact]
    public async Task Two_processes_together_keep_the_limit_of_calls_in_flight()
    {
        RateLimiter one = Process("x-ratelimit-api_key-limit-max_parallel_requests: 2");
        RateLimiter other = new(_clock, new SharedStore(_cell));
        RateLimitLease first = await Acquire(one).Soon();
        await Acquire(other).Soon();
        Task<RateLimitLease> third = Acquire(other);
        Assert.False(third.IsCompleted);

        first.Dispose();
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        await third.Soon();
    }

    [Fact]
    public async Task Two_processes_together_keep_the_limit_of_requests()
    {
        RateLimiter one = Process("x-ratelimit-api_key-limit-requests: 3");
        RateLimiter other = new(_clock, new SharedStore(_cell));
        foreach (RateLimiter limiter in new[] { one, other, one })
        {
            (await Acquire(limiter).Soon()).Dispose();
        }

        Task<RateLimitLease> fourth = Acquire(other);
        Assert.False(fourth.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(60.2));

        await fourth.Soon();
    }

    [Fact]
    public async Task The_places_of_a_process_that_is_not_heard_of_any_more_are_free_again()
    {
        RateLimiter killed = Process("x-ratelimit-api_key-limit-max_parallel_requests: 1");
        await Acquire(killed).Soon();
        byte[] left = _cell.Value!;
        _clock.Advance(TimeSpan.FromSeconds(16));
        _cell.Value = left;
        RateLimiter other = new(_clock, new SharedStore(_cell));

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

        Assert.False(Acquire(new RateLimiter(_clock, new SharedStore(_cell))).IsCompleted);
    }

    [Fact]
    public void What_is_known_comes_back_as_it_was()
    {
        LimitState state = new() { Version = "1.102.4", Known = true, BudgetSpent = true, GaveBack = true, TypicalSeconds = 1.5, AskedAt = TimeSpan.FromDays(20000) };
        new ReplyUpdate(state, Given.Headers("x-ratelimit-user-limit-requests: 4", "x-ratelimit-model_per_key-limit-tokens: 1000"), TimeSpan.FromDays(20000)).Take(null, "gpt", success: true);
        state.Pace("gpt").Adaptive!.Failed(TimeSpan.FromDays(20000), 8, TimeSpan.FromDays(20000));
        Assert.NotNull(new Admission(state, TimeSpan.FromDays(20000)).TryEnter("gpt", new TokenEstimate(400, 100), Guid.NewGuid(), TimeSpan.MaxValue));
        state.Key.Backoff.Rejected(3, TimeSpan.FromDays(20000));
        byte[] written = LimitCodec.Write(state);

        LimitState read = LimitCodec.Read(written);

        Assert.Equal(written, LimitCodec.Write(read));
        Assert.Equal(4, read.Scopes["user"].Requests?.Value);
        Assert.Equal(200, read.Permits.Single().Tokens);
    }

    [Fact]
    public void A_model_without_a_name_is_a_model_still()
    {
        LimitState state = new();
        state.Pace("");
        LimitState read = LimitCodec.Read(LimitCodec.Write(state));

        Assert.All(read.For("gpt"), scope => Assert.NotEqual("", scope.Model));
        Assert.Equal(4, read.For("gpt").Select(read.ParallelLimit).Min());
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
        _cell.Broken = true;
        RateLimiter alone = new(_clock, new SharedStore(_cell));
        string[] told = new string[2];
        for (int i = 0; i < told.Length; i++)
        {
            using RateLimitLease lease = await alone.AcquireAsync(new PermitRequest("gpt", default, LimitSet.None), happened => told[i] += happened.Message, default).Soon();
        }

        Assert.Contains("The disk is another's.", told[0], StringComparison.Ordinal);
        Assert.Null(told[1]);
    }

    private static Task<RateLimitLease> Acquire(RateLimiter limiter) => limiter.AcquireAsync(new PermitRequest("gpt", default, LimitSet.None), null, default);

    private RateLimiter Process(string header)
    {
        RateLimiter limiter = new(_clock, new SharedStore(_cell));
        limiter.Teach(state =>
        {
            (state.Known, state.GaveBack) = (true, true);
            new ReplyUpdate(state, Given.Headers(header), _clock.UtcNow - DateTimeOffset.UnixEpoch).Take(null, "gpt", success: true);
        });
        return limiter;
    }

    private sealed class MemoryCell : ISharedCell
    {
        public byte[]? Value { get; set; }

        public bool Broken { get; set; }

        public T Update<T>(Func<byte[]?, (byte[]? Next, T Result)> change)
        {
            if (Broken)
            {
                throw new StoreUnavailable(StoreProblem.NotLocal, "The disk is another's.");
            }

            lock (this)
            {
                (byte[]? next, T result) = change(Value);
                Value = next ?? Value;
                return result;
            }
        }
    }
}
