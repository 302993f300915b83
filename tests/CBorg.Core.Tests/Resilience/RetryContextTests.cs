using System;
using System.Linq;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

/// <summary>How often a call is sent again, and what that counts.</summary>
public sealed class RetryContextTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(10);

    private readonly FakeClock _clock = new();

    [Fact]
    public void A_failure_uses_up_an_attempt()
    {
        RetryContext context = Retries(retries: 2);

        Assert.Equal(
            [0.75, 1.5, null],
            Enumerable.Range(0, 3).Select(_ => Next(context, Given.Failure(ErrorKind.ProviderFault)))
        );
    }

    [Fact]
    public void A_rejection_that_the_limiter_takes_care_of_uses_up_none()
    {
        RetryContext context = Retries(retries: 1);
        CBorgException limit = Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromSeconds(60), limitType: "requests");

        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal(0, Next(context, limit, held: 0)));
        Assert.Equal(12.5, Next(context, limit, held: 12.5));
        Assert.Equal(0.75, Next(context, Given.Failure(ErrorKind.ProviderFault)));
        Assert.Null(Next(context, Given.Failure(ErrorKind.ProviderFault)));
    }

    [Fact]
    public void Not_even_those_go_on_for_ever()
    {
        RetryContext context = Retries(retries: 1);
        double?[] waits = [.. Enumerable.Range(0, 60).Select(_ => Next(context, Given.Failure(ErrorKind.TokenLimit), held: 0))];

        Assert.All(waits[..59], wait => Assert.Equal(0, wait));
        Assert.Null(waits[59]);
    }

    [Fact]
    public void A_wait_that_the_limiter_knows_is_needed_and_that_is_longer_than_the_call_says_when_to_come_back()
    {
        CBorgException refused = Assert.Throws<CBorgRateLimitException>(() =>
            Retries(retries: 1).Next(Given.Failure(ErrorKind.RequestLimit), TimeSpan.FromSeconds(43), TimeSpan.FromSeconds(20))
        );

        Assert.Contains("would have to wait 43 s, but only 20 s of its time are left", refused.Message, StringComparison.Ordinal);
        Assert.Equal((TimeSpan.FromSeconds(43), FakeClock.Start.AddSeconds(43)), (refused.RetryAfter, refused.RetryAt));
    }

    [Fact]
    public void Never_means_never_whatever_the_limiter_says() =>
        Assert.Null(Next(Retries(retries: 0), Given.Failure(ErrorKind.RequestLimit), held: 0));

    [Fact]
    public void A_budget_is_final_whatever_the_limiter_says() =>
        Assert.Null(Next(Retries(retries: 4), Given.Failure(ErrorKind.Budget), held: 0));

    [Fact]
    public void A_limit_of_unknown_start_is_asked_about_four_times_in_its_minute_the_last_time_at_its_end()
    {
        RetryContext context = Retries(retries: 4);
        CBorgException limit = Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromSeconds(60), limitType: "requests");

        Assert.Equal([15, 30, 45, 60], Enumerable.Range(0, 4).Select(_ => AfterNext(context, limit)));
        Assert.Null(Next(context, limit));
    }

    [Fact]
    public void A_limiter_that_says_nothing_but_its_name_has_a_minute_too() =>
        Assert.Equal(
            15,
            Next(
                Retries(retries: 4),
                Given.Failure(ErrorKind.RequestLimit, message: "Rate limit exceeded for api_key: h. Remaining: -1")
            )
        );

    [Fact]
    public void What_somebody_else_asks_to_wait_is_waited_to_the_second() =>
        Assert.Equal(
            37.1,
            Next(
                Retries(retries: 4),
                Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromSeconds(37.1), "Too many requests"),
                held: 0
            )
        );

    private RetryContext Retries(int retries) =>
        new(
            new RetryPolicy(() => 0.5),
            new RetryOptions(retries, TimeSpan.FromSeconds(120)),
            new GiveUpSignal(_clock),
            _clock.Elapsed,
            _clock
        );

    private static double? Next(RetryContext context, CBorgException failure, double? held = null) =>
        context.Next(failure, held is { } seconds ? TimeSpan.FromSeconds(seconds) : null, s_long)?.TotalSeconds;

    private double AfterNext(RetryContext context, CBorgException failure)
    {
        _clock.Advance(TimeSpan.FromSeconds(Next(context, failure)!.Value));
        return _clock.Elapsed.TotalSeconds;
    }
}
