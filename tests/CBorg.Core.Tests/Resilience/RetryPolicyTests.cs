using System;
using System.Linq;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

public sealed class RetryPolicyTests
{
    private static readonly DateTimeOffset s_now = new(new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Local));

    [Theory]
    [InlineData(0.0, new[] { 0.5, 1, 2, 4, 8, 16, 30, 30 })]
    [InlineData(0.5, new[] { 0.75, 1.5, 3, 6, 12, 24, 45, 45 })]
    [InlineData(1.0, new double[] { 1, 2, 4, 8, 16, 32, 60, 60 })]
    public void Back_off_doubles_up_to_a_minute_with_its_upper_half_at_random(double random, double[] seconds) =>
        Assert.Equal(
            seconds,
            Enumerable.Range(1, 8).Select(failures => Delay(Given.Failure(ErrorKind.ProviderFault), failures, random: random))
        );

    [Fact]
    public void A_service_that_is_down_is_asked_at_distances_that_double_up_to_two_minutes() =>
        Assert.Equal(
            [1, 2, 4, 8, 16, 32, 64, 120, 120],
            Enumerable
                .Range(1, 9)
                .Select(round => new RetryPolicy(() => 1).Probe(Given.Failure(ErrorKind.ConnectionFailed), round).TotalSeconds)
        );

    [Fact]
    public void A_service_that_names_the_time_of_its_return_is_asked_then() =>
        Assert.Equal(
            600,
            new RetryPolicy(() => 1).Probe(Given.Failure(ErrorKind.ProxyFault, TimeSpan.FromSeconds(600)), 1).TotalSeconds
        );

    [Fact]
    public void A_place_in_flight_is_waited_for_in_small_steps_whatever_the_server_asks() =>
        Assert.Equal(
            [0.05, 0.1, 0.2, 0.4],
            Enumerable
                .Range(1, 4)
                .Select(failures => Delay(Given.Failure(ErrorKind.ParallelLimit, TimeSpan.FromSeconds(60)), failures))
        );

    [Fact]
    public void The_step_for_a_place_ends_at_five_seconds() => Assert.Equal(5, Delay(Given.Failure(ErrorKind.ParallelLimit), 60));

    [Theory]
    [InlineData(0.5)]
    [InlineData(60)]
    [InlineData(120)]
    public void What_the_server_asks_is_obeyed_up_to_two_minutes(double seconds) =>
        Assert.Equal(seconds, Delay(Given.Failure(ErrorKind.ProviderLimit, TimeSpan.FromSeconds(seconds)), 3));

    [Fact]
    public void At_once_is_not_obeyed() =>
        Assert.Equal(0.5, Delay(Given.Failure(ErrorKind.RequestLimit, TimeSpan.Zero), 1, random: 0));

    [Fact]
    public void A_longer_wait_is_refused_and_says_how_long_and_when_to_come_back()
    {
        CBorgException failure = Given.Failure(ErrorKind.ProviderLimit, TimeSpan.FromHours(1));

        CBorgException refused = Assert.Throws<CBorgRateLimitException>(() => Delay(failure, 1));

        Assert.Equal(ErrorKind.ProviderLimit, refused.Kind);
        Assert.Equal(
            $"{failure.Message} The call would have to wait 1 h, and no call waits longer than 120 s (Connect-CBorg -MaximumRetryDelay). Come back at 13:00.",
            refused.Message
        );
        Assert.Equal((TimeSpan.FromHours(1), s_now.AddHours(1)), (refused.RetryAfter, refused.RetryAt));
        Assert.Same(failure, refused.InnerException);
    }

    [Fact]
    public void The_longest_wait_is_the_users_choice()
    {
        Assert.Equal(3600, Delay(Given.Failure(ErrorKind.ProviderLimit, TimeSpan.FromHours(1)), 1, longest: 3600));
        Assert.Throws<CBorgRateLimitException>(() =>
            Delay(Given.Failure(ErrorKind.ProviderLimit, TimeSpan.FromSeconds(11)), 1, longest: 10)
        );
    }

    [Fact]
    public void The_back_off_that_nobody_asked_for_is_cut_to_that_choice_instead_of_failing() =>
        Assert.Equal(10, Delay(Given.Failure(ErrorKind.ProviderFault), 8, longest: 10));

    [Fact]
    public void A_wait_beyond_the_calls_time_is_refused_and_named()
    {
        CBorgException refused = Assert.Throws<CBorgRateLimitException>(() =>
            Delay(Given.Failure(ErrorKind.ProviderLimit, TimeSpan.FromSeconds(60)), 1, left: 12.5)
        );

        Assert.Contains(
            "would have to wait 60 s, but only 13 s of its time are left (-TimeoutSec). Come back at 12:01.",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_attempts_left_are_spread_over_the_time_in_which_the_limiter_will_have_room()
    {
        RetryArguments arguments = Arguments(1) with { RetriesLeft = 4, RoomWithin = TimeSpan.FromSeconds(60) };
        CBorgException failure = Given.Failure(ErrorKind.RequestLimit, TimeSpan.FromSeconds(60), limitType: "requests");

        Assert.Equal(15, new RetryPolicy(() => 0.5).Delay(failure, arguments).TotalSeconds);
        Assert.Equal(11.25, new RetryPolicy(() => 0).Delay(failure, arguments).TotalSeconds);
        Assert.Equal(
            20,
            new RetryPolicy(() => 0.5)
                .Delay(failure, arguments with { RetriesLeft = 1, RoomWithin = TimeSpan.FromSeconds(20) })
                .TotalSeconds
        );
        Assert.Equal(
            10,
            new RetryPolicy(() => 0.5).Delay(failure, arguments with { Longest = TimeSpan.FromSeconds(10) }).TotalSeconds
        );
    }

    [Fact]
    public void The_kinds_worth_another_try_are_these()
    {
        ErrorKind[] expected =
        [
            ErrorKind.RequestLimit,
            ErrorKind.TokenLimit,
            ErrorKind.ParallelLimit,
            ErrorKind.ProviderLimit,
            ErrorKind.Resting,
            ErrorKind.ProviderFault,
            ErrorKind.ProviderTimeout,
            ErrorKind.ProxyFault,
            ErrorKind.EdgeLimit,
            ErrorKind.EdgeFault,
            ErrorKind.ConnectionFailed,
            ErrorKind.ConnectTimeout,
            ErrorKind.FirstByteTimeout,
            ErrorKind.SilenceTimeout,
        ];

        Assert.Equal(expected.Order(), Enum.GetValues<ErrorKind>().Where(kind => Given.Failure(kind).IsRetryable).Order());
    }

    [Fact]
    public void A_request_larger_than_the_whole_limit_is_not_tried_again()
    {
        Assert.False(
            Given
                .Failure(
                    ErrorKind.TokenLimit,
                    message: "Rate limit exceeded for api_key: h. Limit type: tokens. Current limit: 1000, Remaining: 1000"
                )
                .IsRetryable
        );
        Assert.True(
            Given
                .Failure(
                    ErrorKind.TokenLimit,
                    message: "Rate limit exceeded for api_key: h. Limit type: tokens. Current limit: 1000, Remaining: 19"
                )
                .IsRetryable
        );
    }

    [Fact]
    public void A_model_without_a_mapping_is_not_tried_again() =>
        Assert.False(Given.Failure(ErrorKind.ProxyFault, message: "This model isn't mapped yet. model=x").IsRetryable);

    [Fact]
    public void The_servers_own_word_wins_except_over_budgets_and_shown_text()
    {
        Assert.False(Given.Failure(ErrorKind.EdgeFault, retryable: false).IsRetryable);
        Assert.True(Given.Failure(ErrorKind.Unexpected, retryable: true).IsRetryable);
        Assert.False(Given.Failure(ErrorKind.Budget, retryable: true).IsRetryable);
        Assert.False(Given.Failure(ErrorKind.StreamInterrupted, retryable: true).IsRetryable);
    }

    private static double Delay(
        CBorgException failure,
        int failures,
        double random = 1,
        double longest = 120,
        double left = 36000
    ) =>
        new RetryPolicy(() => random)
            .Delay(
                failure,
                Arguments(failures) with
                {
                    Longest = TimeSpan.FromSeconds(longest),
                    Left = TimeSpan.FromSeconds(left),
                }
            )
            .TotalSeconds;

    private static RetryArguments Arguments(int failures) =>
        new(failures, 4, TimeSpan.FromHours(10), TimeSpan.FromSeconds(120), s_now);
}
