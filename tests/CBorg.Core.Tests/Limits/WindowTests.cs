using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CBorg.Core.Limits;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Limits;

/// <summary>Requests and tokens of a minute.</summary>
public sealed class WindowTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60.1);

    private readonly LimiterHarness _harness = new();

    [Fact]
    public async Task A_burst_up_to_the_limit_goes_at_once_and_the_rest_a_window_later()
    {
        _harness.Learn("x-ratelimit-api_key-limit-requests: 6");
        (List<RateLimitLease> admitted, List<Task<RateLimitLease>> waiting) = await _harness.Burst(8);
        Assert.Equal(6, admitted.Count);
        admitted.ForEach(lease => lease.Dispose());
        await _harness.Clock.Waiting(s_window).Soon();
        _harness.Clock.Advance(s_window - TimeSpan.FromMilliseconds(1));
        Assert.All(waiting, call => Assert.False(call.IsCompleted));
        _harness.Clock.Advance(TimeSpan.FromMilliseconds(1));

        // The first finds out whether the new minute has begun.
        (await waiting[0].Soon()).Replied(Given.Headers(), 200, isStream: true);
        await waiting[1].Soon();
    }

    [Fact]
    public async Task Calls_in_one_minute_are_limited_by_tokens_too()
    {
        _harness.Learn("x-ratelimit-api_key-limit-tokens: 1000");
        (List<RateLimitLease> admitted, List<Task<RateLimitLease>> waiting) = await _harness.Burst(4, "gpt", 400);

        Assert.Equal((2, 2), (admitted.Count, waiting.Count));
        await _harness.Clock.Waiting(s_window).Soon();
        _harness.Clock.Advance(s_window);
        (await waiting[0].Soon()).Replied(Given.Headers(), 200, isStream: true);
        await waiting[1].Soon();
    }

    [Fact]
    public async Task A_settled_call_gives_back_what_it_did_not_take()
    {
        _harness.Learn("x-ratelimit-api_key-limit-tokens: 1000");
        (List<RateLimitLease> admitted, List<Task<RateLimitLease>> waiting) = await _harness.Burst(3, "gpt", 500);
        Assert.Equal((2, 1), (admitted.Count, waiting.Count));
        admitted[0].Settle(new TokensUsed(0, 0));
        admitted[0].Dispose();

        await waiting[0].Soon();
    }

    [Fact]
    public async Task A_settled_call_takes_what_it_took_more()
    {
        _harness.Learn("x-ratelimit-api_key-limit-tokens: 1000");
        RateLimitLease lease = await _harness.Acquire("gpt", 10);
        lease.Settle(new TokensUsed(990, 0));
        lease.Dispose();

        Assert.False(_harness.Acquire("gpt", 20).IsCompleted);
    }

    [Fact]
    public async Task Settling_after_the_window_changes_nothing()
    {
        _harness.Learn("x-ratelimit-api_key-limit-tokens: 1000");
        RateLimitLease old = await _harness.Acquire("gpt", 500);
        _harness.Clock.Advance(s_window);
        Assert.True(_harness.Acquire("gpt", 400).IsCompleted);
        old.Settle(new TokensUsed(5000, 0));
        old.Dispose();

        Assert.True(_harness.Acquire("gpt", 600).IsCompleted);
        Assert.False(_harness.Acquire("gpt", 1).IsCompleted);
    }

    [Fact]
    public async Task A_call_larger_than_the_whole_limit_is_left_to_a_server_of_unknown_version()
    {
        _harness.Learn("x-ratelimit-api_key-limit-tokens: 1000");

        Assert.True(_harness.Acquire("gpt", 1001).IsCompleted);
    }

    [Fact]
    public async Task A_call_larger_than_the_whole_limit_fails_at_once_where_it_could_never_pass()
    {
        _harness.Learn("x-ratelimit-api_key-limit-tokens: 1000", "x-litellm-version: 1.102.4");
        CBorgException failure = await Assert.ThrowsAsync<CBorgRateLimitException>(() => _harness.Acquire("gpt", 1001).Soon());

        Assert.Equal(ErrorKind.TokenLimit, failure.Kind);
        Assert.Contains("1001", failure.Message, StringComparison.Ordinal);
        Assert.True(_harness.Acquire("gpt", 1000).IsCompleted);
    }

    [Fact]
    public async Task A_users_limit_learnt_late_counts_what_was_sent_before()
    {
        await _harness.Burst(2);
        _harness.Learn("x-ratelimit-user-limit-requests: 3");

        Assert.Single((await _harness.Burst(3)).In);
    }

    [Fact]
    public async Task A_models_limit_learnt_late_counts_that_models_requests_alone()
    {
        await _harness.Burst(2);
        await _harness.Burst(2, "other");
        await _harness.Reject(
            "gpt",
            ErrorKind.RequestLimit,
            "Rate limit exceeded for model_per_key: h:gpt. Limit type: requests. Current limit: 3, Remaining: 0."
        );

        // Two of three were ours, so the third was somebody else's.
        Assert.Empty((await _harness.Burst(3)).In);
        Assert.Equal(3, (await _harness.Burst(3, "other")).In.Count);
    }

    [Fact]
    public async Task A_limit_learnt_while_calls_wait_holds_for_them_too()
    {
        _harness.Learn("x-ratelimit-api_key-limit-max_parallel_requests: 1");
        (List<RateLimitLease> admitted, List<Task<RateLimitLease>> waiting) = await _harness.Burst(4);
        _harness.Learn("x-ratelimit-user-limit-requests: 2", "x-ratelimit-api_key-limit-max_parallel_requests: 9");
        await waiting[0].Soon();
        admitted[0].Dispose();

        Assert.All(waiting.Skip(1), call => Assert.False(call.IsCompleted));
    }

    [Fact]
    public async Task Two_full_books_with_different_ends_do_not_make_a_call_spin()
    {
        _harness.Learn("x-ratelimit-api_key-limit-requests: 2");
        (List<RateLimitLease> early, _) = await _harness.Burst(1, "lbl/mini");
        _harness.Clock.Advance(TimeSpan.FromSeconds(10));
        await _harness.Burst(1, "lbl/mini");
        _harness.Learn("x-ratelimit-user-limit-requests: 1", "x-ratelimit-team-limit-max_parallel_requests: 2");
        Task<RateLimitLease> call = _harness.Acquire("lbl/mini");
        await _harness.Clock.Waiting(_ => true).Soon();
        _harness.Clock.Advance(TimeSpan.FromSeconds(55));
        Assert.False(call.IsCompleted);
        early[0].Dispose();
        _harness.Clock.Advance(TimeSpan.FromSeconds(60));
        await call.Soon();

        Assert.InRange(_harness.Clock.Asked.Count, 1, 10);
    }

    [Fact]
    public async Task A_timer_that_rings_a_little_early_loses_no_wake_up()
    {
        FakeClock clock = new();
        RateLimiter limiter = new(new EarlyClock(clock, TimeSpan.FromMilliseconds(1)), new PrivateStore());
        limiter.Change(
            (state, now) =>
            {
                (state.Known, state.GaveBack) = (true, true);
                new ReplyUpdate(state, Given.Headers("x-ratelimit-api_key-limit-requests: 1"), now).Take(
                    null,
                    "gpt",
                    success: true
                );
            }
        );
        PermitRequest Request() => new("gpt", default, LimitSet.None);
        (await limiter.AcquireAsync(Request(), null, default).Soon()).Dispose();
        Task<RateLimitLease> call = limiter.AcquireAsync(Request(), null, default);
        clock.Advance(TimeSpan.FromSeconds(60.0995));
        Assert.False(call.IsCompleted);
        await clock.Waiting(delay => delay < TimeSpan.FromMilliseconds(2)).Soon();
        clock.Advance(TimeSpan.FromMilliseconds(5));

        await call.Soon();
    }
}
