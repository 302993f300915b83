using System;
using System.Linq;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

public sealed class RetryPolicyTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(0.0, new[] { 0.5, 1, 2, 4, 8, 16, 30, 30 })]
    [InlineData(0.5, new[] { 0.75, 1.5, 3, 6, 12, 24, 45, 45 })]
    [InlineData(1.0, new double[] { 1, 2, 4, 8, 16, 32, 60, 60 })]
    public void Back_off_doubles_up_to_a_minute_with_its_upper_half_at_random(double random, double[] seconds) => Assert.Equal(
        seconds, Enumerable.Range(1, 8).Select(attempt => new RetryPolicy(() => random).Delay(Given.Failure(ErrorKind.ProviderFault), attempt, s_long).TotalSeconds));

    [Fact]
    public void A_place_in_flight_is_waited_for_in_small_steps_whatever_the_server_asks() => Assert.Equal(
        [0.05, 0.1, 0.2, 0.4],
        Enumerable.Range(1, 4).Select(attempt => new RetryPolicy(() => 1).Delay(Given.Failure(ErrorKind.ParallelLimit, TimeSpan.FromSeconds(60)), attempt, s_long).TotalSeconds));

    [Fact]
    public void The_step_for_a_place_ends_at_five_seconds() =>
        Assert.Equal(5, new RetryPolicy(() => 1).Delay(Given.Failure(ErrorKind.ParallelLimit), 60, s_long).TotalSeconds);

    [Theory]
    [InlineData(0.5)]
    [InlineData(60)]
    [InlineData(120)]
    public void What_the_server_asks_is_obeyed_up_to_two_minutes(double seconds) =>
        Assert.Equal(seconds, new RetryPolicy(() => 0).Delay(Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromSeconds(seconds)), 3, s_long).TotalSeconds);

    [Fact]
    public void At_once_is_not_obeyed() => Assert.Equal(0.5, new RetryPolicy(() => 0).Delay(Given.Failure(ErrorKind.RequestLimit, TimeSpan.Zero), 1, s_long).TotalSeconds);

    [Fact]
    public void A_longer_wait_is_refused_and_named()
    {
        CBorgException failure = Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromHours(1));

        CBorgException refused = Assert.Throws<CBorgRateLimitException>(() => new RetryPolicy(() => 0).Delay(failure, 1, TimeSpan.FromHours(2)));

        Assert.Equal(ErrorKind.RequestLimit, refused.Kind);
        Assert.StartsWith(failure.Message, refused.Message, StringComparison.Ordinal);
        Assert.Contains("would have to wait 3600 s", refused.Message, StringComparison.Ordinal);
        Assert.Same(failure, refused.InnerException);
    }

    [Fact]
    public void A_wait_beyond_the_calls_time_is_refused_and_named()
    {
        CBorgException refused = Assert.Throws<CBorgRateLimitException>(
            () => new RetryPolicy(() => 0).Delay(Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromSeconds(60)), 1, TimeSpan.FromSeconds(12.5)));

        Assert.Contains("would have to wait 60 s, but only 12.5 s of its time are left", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kinds_worth_another_try_are_these()
    {
        ErrorKind[] expected =
        [
            ErrorKind.RequestLimit, ErrorKind.TokenLimit, ErrorKind.ParallelLimit, ErrorKind.ProviderLimit, ErrorKind.Resting, ErrorKind.ProviderFault, ErrorKind.ProviderTimeout,
            ErrorKind.ProxyFault, ErrorKind.EdgeLimit, ErrorKind.EdgeFault, ErrorKind.ConnectionFailed, ErrorKind.ConnectTimeout, ErrorKind.SilenceTimeout,
        ];

        Assert.Equal(expected.Order(), Enum.GetValues<ErrorKind>().Where(kind => RetryPolicy.IsRetryable(Given.Failure(kind))).Order());
    }

    [Fact]
    public void A_request_larger_than_the_whole_limit_is_not_tried_again()
    {
        Assert.False(RetryPolicy.IsRetryable(Given.Failure(ErrorKind.TokenLimit, message: "Limit type: tokens. Current limit: 1000, Remaining: 1000")));
        Assert.True(RetryPolicy.IsRetryable(Given.Failure(ErrorKind.TokenLimit, message: "Limit type: tokens. Current limit: 1000, Remaining: 19")));
    }

    [Fact]
    public void A_model_without_a_mapping_is_not_tried_again() =>
        Assert.False(RetryPolicy.IsRetryable(Given.Failure(ErrorKind.ProxyFault, message: "This model isn't mapped yet. model=x")));

    [Fact]
    public void The_servers_own_word_wins_except_over_budgets_and_shown_text()
    {
        Assert.False(RetryPolicy.IsRetryable(Given.Failure(ErrorKind.EdgeFault, retryable: false)));
        Assert.True(RetryPolicy.IsRetryable(Given.Failure(ErrorKind.Unexpected, retryable: true)));
        Assert.False(RetryPolicy.IsRetryable(Given.Failure(ErrorKind.Budget, retryable: true)));
        Assert.False(RetryPolicy.IsRetryable(Given.Failure(ErrorKind.StreamInterrupted, retryable: true)));
    }
}
