using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Core.Limits;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Limits;

public sealed class ParallelTests
{
    private readonly LimiterHarness _harness = new();

    [Fact]
    public async Task Five_calls_of_the_laboratorys_models_are_in_flight_and_no_more()
    {
        (List<RateLimitLease> admitted, List<Task<RateLimitLease>> waiting) = await _harness.Burst(8, "lbl/mini");

        Assert.Equal((5, 3), (admitted.Count, waiting.Count));
        admitted[2].Dispose();
        await waiting[0].Soon();
        Assert.False(waiting[1].IsCompleted);
        Assert.False(_harness.Acquire("LBL/other").IsCompleted);
    }

    [Fact]
    public async Task A_lease_given_back_twice_frees_one_place()
    {
        (List<RateLimitLease> admitted, List<Task<RateLimitLease>> waiting) = await _harness.Burst(7, "lbl/mini");
        admitted[0].Dispose();
        admitted[0].Dispose();
        await waiting[0].Soon();

        Assert.False(waiting[1].IsCompleted);
    }

    [Fact]
    public async Task First_come_first_served()
    {
        (List<RateLimitLease> admitted, List<Task<RateLimitLease>> waiting) = await _harness.Burst(10, "lbl/mini");
        for (int i = 0; i < 5; i++)
        {
            admitted[i].Dispose();
            await waiting[i].Soon();
            Assert.All(waiting.Skip(i + 1), later => Assert.False(later.IsCompleted));
        }
    }

    [Fact]
    public async Task Other_models_are_not_held_up()
    {
        await _harness.Burst(8, "lbl/mini");

        Assert.True(_harness.Acquire("gpt").IsCompletedSuccessfully);
        Assert.True(_harness.Acquire("albl/x").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_call_that_gives_up_leaves_its_turn_to_the_next()
    {
        (List<RateLimitLease> admitted, _) = await _harness.Burst(5, "lbl/mini");
        using CancellationTokenSource stop = new();
        Task<RateLimitLease> first = _harness.Acquire("lbl/mini", 0, stop.Token);
        Task<RateLimitLease> second = _harness.Acquire("lbl/mini");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Soon());
        Assert.False(second.IsCompleted);
        admitted[0].Dispose();

        await second.Soon();
    }

    [Fact]
    public async Task A_listener_that_fails_costs_no_place()
    {
        (List<RateLimitLease> admitted, _) = await _harness.Burst(5, "lbl/mini");
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _harness.Acquire("lbl/mini", 0, default, _ => throw new InvalidOperationException()).Soon()
        );
        Task<RateLimitLease> late = _harness.Acquire(
            "lbl/mini",
            0,
            default,
            told => _ = told.Kind == CallEventKind.Resumed ? throw new InvalidOperationException() : told
        );
        Task<RateLimitLease> next = _harness.Acquire("lbl/mini");
        admitted[0].Dispose();

        await Assert.ThrowsAsync<InvalidOperationException>(() => late.Soon());
        await next.Soon();
    }

    [Fact]
    public async Task Who_waits_is_told_for_what_and_when_it_is_over()
    {
        (List<RateLimitLease> admitted, _) = await _harness.Burst(5, "lbl/mini");
        List<CallEvent> told = [];
        Task<RateLimitLease> call = _harness.Acquire("lbl/mini", 0, default, told.Add);
        admitted[0].Dispose();
        await call.Soon();

        Assert.Equal([CallEventKind.Waiting, CallEventKind.Resumed], told.Select(one => one.Kind));
        Assert.Equal("Waiting for a permit: 5 calls of lbl/* are in flight", told[0].Message);
        Assert.Null(told[0].Delay);
    }

    [Fact]
    public async Task The_keys_own_limit_is_learnt_from_headers_and_holds_for_all_models()
    {
        _harness.Learn("x-ratelimit-api_key-limit-max_parallel_requests: 2");
        Assert.Equal(2, (await _harness.Burst(4)).In.Count);

        Assert.False(_harness.Acquire("lbl/mini").IsCompleted);
    }

    [Theory]
    [InlineData("x-ratelimit-limit-max_parallel_requests: 1")]
    [InlineData("x-ratelimit-limit-requests: 1")]
    [InlineData("llm_provider-x-ratelimit-limit-requests: 1")]
    [InlineData("x-ratelimit-api_key-remaining-requests: 1")]
    [InlineData("x-ratelimit-api_key-limit-requests: 9223372036854775807")]
    [InlineData("x-ratelimit-api_key-limit-requests: none")]
    public async Task Headers_that_are_not_the_proxys_limits_teach_nothing(string header) =>
        Assert.Equal(4, (await _harness.Learn(header).Burst(4)).In.Count);

    [Fact]
    public async Task A_limit_that_rises_lets_waiting_calls_in()
    {
        _harness.Learn("x-ratelimit-api_key-limit-max_parallel_requests: 1");
        (_, List<Task<RateLimitLease>> waiting) = await _harness.Burst(3);
        _harness.Learn("x-ratelimit-api_key-limit-max_parallel_requests: 2");
        await waiting[0].Soon();

        Assert.False(waiting[1].IsCompleted);
    }

    [Fact]
    public async Task A_limit_of_nothing_still_lets_one_call_ask() =>
        Assert.Single((await _harness.Learn("x-ratelimit-api_key-limit-max_parallel_requests: 0").Burst(3)).In);

    [Fact]
    public async Task A_limit_learnt_from_a_rejection_holds_for_its_scope()
    {
        await _harness.Reject(
            "gpt",
            ErrorKind.ParallelLimit,
            "Rate limit exceeded for model_per_key: h:gpt. Limit type: max_parallel_requests. Current limit: 2, Remaining: 0."
        );

        Assert.Empty((await _harness.Burst(1)).In);
        _harness.Clock.Advance(TimeSpan.FromSeconds(1));
        _harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await _harness.Burst(3)).Waiting[1].IsCompleted);
        Assert.Equal(4, (await _harness.Burst(4, "other")).In.Count);
    }

    [Fact]
    public async Task A_scope_that_becomes_known_late_counts_the_calls_already_in_flight()
    {
        (List<RateLimitLease> early, _) = await _harness.Burst(2);
        _harness.Learn("x-ratelimit-team-limit-max_parallel_requests: 3");
        (_, List<Task<RateLimitLease>> waiting) = await _harness.Burst(3);
        Assert.Equal(2, waiting.Count);
        early[0].Dispose();
        early[1].Dispose();

        await Task.WhenAll(waiting).Soon();
    }

    [Theory]
    [InlineData(ErrorKind.Budget)]
    [InlineData(ErrorKind.KeyExpired)]
    public async Task Calls_that_wait_for_the_first_reply_fail_with_it_and_are_not_sent(ErrorKind kind)
    {
        LimiterHarness harness = new(knows: false);
        harness.Limiter.Change((state, _) => state.AskedAt = harness.Now);
        RateLimitLease first = await harness.Acquire().Soon();
        Task<RateLimitLease> second = harness.Acquire();
        first.Replied(Given.Headers(), 429, isStream: true);
        Assert.False(second.IsCompleted);
        first.Failed(Given.Failure(kind));

        Assert.Equal(kind, (await Assert.ThrowsAnyAsync<CBorgException>(() => second.Soon())).Kind);
    }
}
