using System;
using System.Linq;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

/// <summary>How often a call is sent again, and what that counts.</summary>
public sealed class CallPatienceTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(10);

    private readonly FakeClock _clock = new();

    [Fact]
    public void A_failure_uses_up_an_attempt()
    {
        CallPatience patience = Patience(retries: 2);

        Assert.Equal([0.75, 1.5, null], Enumerable.Range(0, 3).Select(_ => Next(patience, Given.Failure(ErrorKind.ProviderFault))));
    }

    [Fact]
    public void A_rejection_that_the_limiter_takes_care_of_uses_up_none()
    {
        CallPatience patience = Patience(retries: 1);
        CBorgException limit = Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromSeconds(60), limitType: "requests");

        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal(0, Next(patience, limit, held: 0)));
        Assert.Equal(12.5, Next(patience, limit, held: 12.5));
        Assert.Equal(0.75, Next(patience, Given.Failure(ErrorKind.ProviderFault)));
        Assert.Null(Next(patience, Given.Failure(ErrorKind.ProviderFault)));
    }

    [Fact]
    public void Not_even_those_go_on_for_ever()
    {
        CallPatience patience = Patience(retries: 1);
        double?[] waits = [.. Enumerable.Range(0, 60).Select(_ => Next(patience, Given.Failure(ErrorKind.TokenLimit), held: 0))];

        Assert.All(waits[..59], wait => Assert.Equal(0, wait));
        Assert.Null(waits[59]);
    }

    [Fact]
    public void A_wait_that_the_limiter_knows_is_needed_and_that_is_longer_than_the_call_says_when_to_come_back()
    {
        CBorgException refused = Assert.Throws<CBorgRateLimitException>(() => Patience(retries: 1).Next(Given.Failure(ErrorKind.RequestLimit), TimeSpan.FromSeconds(43), TimeSpan.FromSeconds(20)));

        Assert.Contains("would have to wait 43 s, but only 20 s of its time are left", refused.Message, StringComparison.Ordinal);
        Assert.Equal((TimeSpan.FromSeconds(43), FakeClock.Start.AddSeconds(43)), (refused.RetryAfter, refused.RetryAt));
    }

    [Fact]
    public void Never_means_never_whatever_the_limiter_says() => Assert.Null(Next(Patience(retries: 0), Given.Failure(ErrorKind.RequestLimit), held: 0));

    [Fact]
    public void A_budget_is_final_whatever_the_limiter_says() => Assert.Null(Next(Patience(retries: 4), Given.Failure(ErrorKind.Budget), held: 0));

    [Fact]
    public void A_limit_of_unknown_start_is_asked_about_four_times_in_its_minute_the_last_time_at_its_end()
    {
        CallPatience patience = Patience(retries: 4);
        CBorgException limit = Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromSeconds(60), limitType: "requests");

        Assert.Equal([15, 30, 45, 60], Enumerable.Range(0, 4).Select(_ => AfterNext(patience, limit)));
        Assert.Null(Next(patience, limit));
    }

    [Fact]
    public void A_limiter_that_says_nothing_but_its_name_has_a_minute_too() =>
        Assert.Equal(15, Next(Patience(retries: 4), Given.Failure(ErrorKind.RequestLimit, message: "Rate limit exceeded for api_key: h. Remaining: -1")));

    [Fact]
    public void What_somebody_else_asks_to_wait_is_waited_to_the_second() =>
        Assert.Equal(37.1, Next(Patience(retries: 4), Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromSeconds(37.1), "Too many requests"), held: 0));

    private CallPatience Patience(int retries) => new(new RetryPolicy(() => 0.5), retries, TimeSpan.FromSeconds(120), new ServiceVerdict(_clock), _clock);

    private static double? Next(CallPatience patience, CBorgException failure, double? held = null) =>
        patience.Next(failure, held is { } seconds ? TimeSpan.FromSeconds(seconds) : null, s_long)?.TotalSeconds;

    private double AfterNext(CallPatience patience, CBorgException failure)
    {
        _clock.Advance(TimeSpan.FromSeconds(Next(patience, failure)!.Value));
        return _clock.Elapsed.TotalSeconds;
    }
}
