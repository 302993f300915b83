using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Limits;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Limits;

/// <summary>What a user wishes, an account says and a listener does wrong stays where it belongs.</summary>
public sealed class LimiterFaultTests
{
    private readonly LimiterHarness _harness = new();

    private static LimitSet Wish(int? tokens = null, int? parallel = null) =>
        LimitSet.Of(new ConnectionOptions { TokensPerMinute = tokens, ThrottleLimit = parallel });

    private Task<RateLimitLease> Ask(LimitSet wish, long tokens = 0) =>
        _harness.Limiter.AcquireAsync(new PermitRequest("gpt", new TokenEstimate(0, tokens), wish), null, default);

    [Fact]
    public async Task A_wish_for_few_tokens_a_minute_cuts_no_answer()
    {
        _harness.Learn("x-litellm-version: 1.102.4");
        (await Ask(Wish(tokens: 3000), 100).Soon()).Dispose();

        Assert.Null(_harness.Limiter.ReplyCap("gpt"));

        _harness.Learn("x-litellm-key-tpm-limit: 3000");
        Assert.Equal(750, _harness.Limiter.ReplyCap("gpt"));
    }

    [Fact]
    public async Task A_wish_of_one_connection_binds_no_other_of_the_same_key()
    {
        await Ask(Wish(parallel: 1)).Soon();

        Assert.False(Ask(Wish(parallel: 1)).IsCompleted);
        Assert.True(_harness.Acquire("other").IsCompleted);
        Assert.Equal(1 + 2, _harness.Limiter.ParallelCalls("gpt", Wish(parallel: 1)));
        Assert.Equal(AdaptiveConcurrency.Largest + 2, _harness.Limiter.ParallelCalls("gpt", LimitSet.None));
        Assert.DoesNotContain(
            await _harness.Limiter.ReportAsync(false, LimitSet.None, null, default),
            limit => limit.Origin == RateLimitOrigin.User
        );
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-5)]
    [InlineData(1_000_000_000_000_000_000)]
    public async Task A_limit_that_makes_no_sense_is_none(long limit)
    {
        AccountLimits account = new() { Key = new ScopeLimits(limit, limit, limit) };
        _harness.Limiter.Change((state, now) => new AccountUpdate(state, now).Take(account));
        _harness.Learn($"x-ratelimit-api_key-limit-requests: {limit}", $"x-litellm-key-tpm-limit: {limit}");

        Assert.Equal(6, (await _harness.Burst(6)).In.Count);
    }

    [Fact]
    public async Task Many_calls_that_are_given_up_at_once_take_few_transactions_and_let_the_others_go()
    {
        FakeClock clock = new();
        MemoryCell cell = new();
        RateLimiter limiter = new(clock, new SharedStore(cell, clock));
        limiter.Change((state, _) => (state.Known, state.GaveBack) = (true, true));
        Task<RateLimitLease> Ask(CancellationToken stop) =>
            limiter.AcquireAsync(new PermitRequest("lbl/mini", default, LimitSet.None), null, stop);
        RateLimitLease[] five = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Ask(default)));
        using CancellationTokenSource stop = new();
        Task<RateLimitLease>[] given = [.. Enumerable.Range(0, 200).Select(_ => Ask(stop.Token))];
        Task<RateLimitLease> behind = Ask(default);
        int before = cell.Transactions;
        await stop.CancelAsync();
        foreach (Task<RateLimitLease> call in given)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        }

        five[0].Dispose();
        await behind.Soon();

        Assert.InRange(cell.Transactions - before, 0, 20);
    }

    [Fact]
    public async Task A_listener_that_fails_ends_its_own_call_and_no_other()
    {
        (List<RateLimitLease> admitted, _) = await _harness.Burst(5, "lbl/mini");
        Task<RateLimitLease> failing = _harness.Acquire("lbl/mini", 0, default, _ => throw new InvalidOperationException("mine"));
        Task<RateLimitLease> behind = _harness.Acquire("lbl/mini");
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing.Soon())).Message);
        Assert.False(behind.IsCompleted);

        admitted[0].Dispose();

        await behind.Soon();
    }

    [Fact]
    public void Another_layout_is_another_value_and_is_not_read()
    {
        byte[] ours = LimitCodec.Write(new LimitState { Version = "1.102.4" });
        byte[] theirs = [.. ours];
        theirs[0] = LimitCodec.Layout + 1;

        Assert.Equal("1.102.4", LimitCodec.Read(ours).Version);
        Assert.Null(LimitCodec.Read(theirs).Version);
        Assert.Null(LimitCodec.LeaseOf(theirs));
    }
}
