using System;
using CBorg.Core.Resilience;
using CBorg.Core.Tests.Infrastructure;
using Xunit;

namespace CBorg.Core.Tests.Resilience;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("retry-after: 60", 60)]
    [InlineData("retry-after:  5 ", 5)]
    [InlineData("retry-after: 0", 0)]
    [InlineData("retry-after: 37.123456", 37.123456)]
    [InlineData("Retry-After: 12", 12)]
    [InlineData("retry-after: Sun, 22 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("retry-after: Sun, 22 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("retry-after: Sunday, 22-Nov-26 12:00:30 GMT", 30)]
    [InlineData("retry-after: Sun Nov 22 12:00:30 2026", 30)]
    [InlineData("retry-after: Sun Nov  1 12:00:30 2026", 0)]
    [InlineData("llm_provider-retry-after: Sun, 22 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("retry-after: 3600", 3600)]
    [InlineData("retry-after-ms: 1500", 1.5)]
    [InlineData("llm_provider-retry-after: 7", 7)]
    [InlineData("llm_provider-retry-after: 2.5", 2.5)]
    [InlineData("llm_provider-retry-after-ms: 250", 0.25)]
    public void A_header_in_any_form_is_understood(string header, double seconds) => Assert.Equal(seconds, Read(header, ""));

    [Theory]
    [InlineData("Please try again in ٣ seconds.")]
    [InlineData("Please retry after ٣h٣m.")]
    public void Digits_of_other_scripts_are_no_wait(string message) => Assert.Null(Read(null, message));

    [Theory]
    [InlineData("retry-after: -1")]
    [InlineData("retry-after: 2026-11-21 23:00:00 UTC")]
    [InlineData("retry-after: soon")]
    [InlineData("retry-after: NaN")]
    [InlineData("retry-after: Infinity")]
    [InlineData("retry-after: 1e300")]
    [InlineData("retry-after: 1-2")]
    [InlineData("retry-after: ")]
    [InlineData("retry-after-ms: -5")]
    [InlineData("reset_at: 2026-11-22 12:00:30 UTC")]
    public void Nonsense_in_a_header_is_no_wait(string header) => Assert.Null(Read(header, ""));

    [Theory]
    [InlineData("Rate limit reached. Please try again in 20s. Visit the site.", 20)]
    [InlineData("Please try again in 1m2.5s.", 62.5)]
    [InlineData("Please try again in 6m0s.", 360)]
    [InlineData("Please try again in 1h2m3s", 3723)]
    [InlineData("Please try again in 500ms.", 0.5)]
    [InlineData("Please retry in 31.5s.", 31.5)]
    [InlineData("Please retry after 30 seconds.", 30)]
    [InlineData("No deployments available for selected model, Try again in 5 seconds. Passed model=x.", 5)]
    [InlineData("try again in 5", 5)]
    [InlineData("try again in 2 minutes", 120)]
    [InlineData("Please try again in 3m", 180)]
    [InlineData("try again in 1 hour", 3600)]
    [InlineData("try again in 250 milliseconds", 0.25)]
    public void Words_in_the_message_are_understood(string message, double seconds) => Assert.Equal(seconds, Read(null, message));

    [Theory]
    [InlineData("Please try again later.")]
    [InlineData("Please retry after a while.")]
    [InlineData("try again in a few minutes")]
    [InlineData("It took 20s.")]
    public void Words_without_a_figure_are_no_wait(string message) => Assert.Null(Read(null, message));

    [Fact]
    public void Milliseconds_win_over_seconds_and_headers_over_words()
    {
        Assert.Equal(
            1.2,
            RetryAfter
                .Read(Given.Headers("retry-after-ms: 1200", "retry-after: 9"), Given.Body("try again in 5 seconds"), s_now)
                ?.TotalSeconds
        );
        Assert.Equal(
            9,
            RetryAfter
                .Read(Given.Headers("retry-after: 9", "llm_provider-retry-after: 4"), Given.Body("try again in 5 seconds"), s_now)
                ?.TotalSeconds
        );
        Assert.Equal(
            4,
            RetryAfter
                .Read(Given.Headers("llm_provider-retry-after: 4"), Given.Body("try again in 5 seconds"), s_now)
                ?.TotalSeconds
        );
    }

    [Fact]
    public void A_date_is_measured_by_the_servers_own_clock_where_that_is_told() =>
        Assert.Equal(
            30,
            RetryAfter
                .Read(
                    Given.Headers("retry-after: Sun, 22 Nov 2026 09:00:30 GMT", "date: Sun, 22 Nov 2026 09:00:00 GMT"),
                    Given.Body(""),
                    s_now
                )
                ?.TotalSeconds
        );

    [Fact]
    public void An_unreadable_header_leaves_the_words_in_force() =>
        Assert.Equal(5, Read("retry-after: -1", "try again in 5 seconds"));

    [Fact]
    public void The_edge_tells_it_in_its_body() =>
        Assert.Equal(
            30,
            RetryAfter
                .Read(
                    Given.Headers(),
                    ErrorBody.Parse("""{"cloudflare_error":true,"error_code":1015,"retry_after":30,"title":"Error 1015"}"""),
                    s_now
                )
                ?.TotalSeconds
        );

    private static double? Read(string? header, string message) =>
        RetryAfter.Read(header is null ? Given.Headers() : Given.Headers(header), Given.Body(message), s_now)?.TotalSeconds;
}
